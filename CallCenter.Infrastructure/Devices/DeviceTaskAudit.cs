using System.Globalization;
using CallCenter.Core.Audit;
using CallCenter.Core.Devices;
using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Infrastructure.Devices;

/// <summary>What the audit log says about tasks. Serial numbers are not among it: with the MAC address they prove ownership.</summary>
internal static class DeviceTaskAudit
{
    private const int MacsShown = 20;

    /// <summary>Name of the one device, or how many there are.</summary>
    public static string NameOf(DeviceTask task) => task.Items is [var only]
        ? only.Name.Length > 0 ? only.Name : MacText.Show(only.Mac)
        : task.Items.Count.ToString(CultureInfo.InvariantCulture);

    public static AuditValues Asked(DeviceTask task) => new()
    {
        ["deviceTask"] = task.Kind,
        ["devices"] = task.Items.Count,
        ["macs"] = MacsOf(task),
        ["dueAt"] = task.DueAtUtc,
    };

    public static AuditValues Outcome(DeviceTask task) => new()
    {
        ["deviceTask"] = task.Kind,
        ["macs"] = MacsOf(task),
        ["gdmsTask"] = task.GdmsTaskId,
        ["inDoubt"] = task.InDoubt,
        ["error"] = task.ErrorCode,
        ["outcome"] = string.Join(", ", task.Items
            .GroupBy(item => item.State)
            .OrderBy(group => group.Key)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Key}: {group.Count()}"))),
    };

    private static string MacsOf(DeviceTask task) =>
        string.Join(", ", task.Items.Take(MacsShown).Select(item => MacText.Show(item.Mac))) + (task.Items.Count > MacsShown ? ", …" : "");
}
