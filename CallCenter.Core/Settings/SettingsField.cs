using CallCenter.Core.Primitives;

namespace CallCenter.Core.Settings;

/// <summary>One field of a settings form, for comparing, merging and auditing forms without naming each field again.</summary>
/// <typeparam name="TForm">The form.</typeparam>
/// <param name="Name">Property name; key of its label, and <see cref="Error.Field"/> of its errors.</param>
/// <param name="Get">Reads it.</param>
/// <param name="Set">Writes what <paramref name="Get"/> gave.</param>
/// <param name="IsSecret">Its value is never shown, logged or audited.</param>
public sealed record SettingsField<TForm>(string Name, Func<TForm, object?> Get, Action<TForm, object?> Set, bool IsSecret = false)
{
    /// <summary>Whether both forms hold the same here. Two masks are the same.</summary>
    public bool Same(TForm one, TForm other) => Equals(Get(one), Get(other));

    /// <summary>Copies the value.</summary>
    public void Copy(TForm from, TForm to) => Set(to, Get(from));
}

/// <summary>
/// Values of one settings card as a person edits them. Forms are classes without a text of their own: they hold secrets that
/// were just typed. A stored secret reads as <see cref="Secret.Mask"/>; the mask sent back keeps it.
/// </summary>
/// <typeparam name="TSelf">The form.</typeparam>
public interface ISettingsForm<TSelf>
    where TSelf : class, ISettingsForm<TSelf>, new()
{
    /// <summary>The fields, in the order of the page.</summary>
    static abstract IReadOnlyList<SettingsField<TSelf>> Fields { get; }

    /// <summary>Brings what was typed into the stored form: trimmed, fingerprints and MAC addresses without separators.</summary>
    void Normalize();
}

/// <summary>What every settings form can do.</summary>
public static class SettingsForms
{
    /// <summary>A separate copy.</summary>
    public static TForm Copy<TForm>(TForm form)
        where TForm : class, ISettingsForm<TForm>, new()
    {
        var copy = new TForm();
        foreach (var field in TForm.Fields)
        {
            field.Copy(form, copy);
        }

        return copy;
    }

    /// <summary>Fields that differ.</summary>
    public static IReadOnlyList<SettingsField<TForm>> Changes<TForm>(TForm before, TForm after)
        where TForm : class, ISettingsForm<TForm>, new() =>
        [.. TForm.Fields.Where(field => !field.Same(before, after))];
}
