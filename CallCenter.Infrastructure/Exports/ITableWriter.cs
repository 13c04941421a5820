using CallCenter.Core.Exports;

namespace CallCenter.Infrastructure.Exports;

/// <summary>What a file says about itself.</summary>
/// <param name="Title">Its title; also the name of a workbook's sheet.</param>
/// <param name="Columns">Columns with their headings.</param>
/// <param name="RightToLeft">The sheet begins at the right.</param>
/// <param name="About">What was exported, by whom, when, and in which zone, in lines of name and text.</param>
internal sealed record TableHead(string Title, IReadOnlyList<TableColumn> Columns, bool RightToLeft, IReadOnlyList<(string Name, string Text)> About)
{
    /// <summary>Language of the words.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Name of the sheet or section about the file.</summary>
    public string AboutTitle { get; init; } = "About";
}

/// <param name="Heading">As shown.</param>
/// <param name="Cell">What its cells hold.</param>
/// <param name="Width">Characters.</param>
internal sealed record TableColumn(string Heading, ExportCell Cell, int Width);

/// <summary>
/// Writes a table row by row, cell by cell, without keeping rows. Each method writes the next cell of the row; a call for every column,
/// then <see cref="EndRowAsync"/>.
/// </summary>
internal interface ITableWriter : IAsyncDisposable
{
    ValueTask BeginAsync(TableHead head, CancellationToken cancellationToken);

    void Text(string value);

    /// <summary>A phone number as it came, or with its digits of E.164 when it was understood.</summary>
    void Phone(string raw, long e164);

    void Number(long value);

    void Fraction(double value);

    /// <summary>A share, 0 to 1.</summary>
    void Percent(double value);

    void Duration(int seconds);

    /// <summary>A moment of the zone that the heading names.</summary>
    void Time(DateTime local);

    void Empty();

    ValueTask EndRowAsync(CancellationToken cancellationToken);

    /// <summary>Writes what ends the file. Without it the file is no file.</summary>
    /// <param name="note">What to say below the table; null for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask CompleteAsync(string? note, CancellationToken cancellationToken);
}
