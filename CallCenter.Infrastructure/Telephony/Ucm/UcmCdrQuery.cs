using System.Globalization;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>How a UCM wants times in <c>cdrapi</c>; a wrong form gives a silently empty answer.</summary>
internal enum UcmTimeStyle
{
    /// <summary><c>2026-03-02T09:00:00</c>, as documented.</summary>
    WithT,

    /// <summary><c>2026-03-02 09:00:00</c>, as one client of live UCMs sends it.</summary>
    WithSpace,

    /// <summary>Neither is understood: everything is read and filtered here.</summary>
    NotUnderstood,
}

/// <summary>Parameters of one <c>cdrapi</c> request. Times are the PBX's wall clock, inclusive.</summary>
internal sealed record UcmCdrQuery(DateTime? FromLocal, DateTime? ToLocal, UcmTimeStyle Style, int Offset, int Count)
{
    public Dictionary<string, string> ToParameters()
    {
        var parameters = new Dictionary<string, string>
        {
            ["format"] = "json",
            ["numRecords"] = Count.ToString(CultureInfo.InvariantCulture),
            ["offset"] = Offset.ToString(CultureInfo.InvariantCulture),
        };
        if (Style != UcmTimeStyle.NotUnderstood)
        {
            Add(parameters, "startTime", FromLocal);
            Add(parameters, "endTime", ToLocal);
        }

        return parameters;
    }

    private void Add(Dictionary<string, string> parameters, string name, DateTime? time)
    {
        if (time is { } local)
        {
            parameters[name] = local.ToString(
                Style == UcmTimeStyle.WithT ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        }
    }
}
