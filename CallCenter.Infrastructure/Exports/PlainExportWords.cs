using CallCenter.Core.Exports;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Keys as they are, for hosts without the portal's resources: command-line verbs and benchmarks.</summary>
internal sealed class PlainExportWords : IExportWords
{
    public string this[string language, string key] => key;
}
