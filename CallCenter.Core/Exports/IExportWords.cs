namespace CallCenter.Core.Exports;

/// <summary>Headings and words of exported files, in the language of whoever asked and not of the process that writes.</summary>
public interface IExportWords
{
    /// <summary>The text of a key of the resources of exports; the key itself when there is none.</summary>
    /// <param name="language"><c>en</c> or <c>ar</c>.</param>
    /// <param name="key">For example <c>Column.Start</c> or <c>Outcome.Answered</c>.</param>
    string this[string language, string key] { get; }
}
