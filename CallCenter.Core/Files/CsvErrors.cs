using CallCenter.Core.Primitives;

namespace CallCenter.Core.Files;

/// <summary>Expected failures of reading CSV files: of the whole file first, then of single lines.</summary>
public static class CsvErrors
{
    /// <summary>More than <see cref="CsvText.MaxBytes"/>.</summary>
    public static readonly Error TooLarge = new("csv.too_large", "The file is larger than 1 MB. Split it.");

    /// <summary>No line with content.</summary>
    public static readonly Error Empty = new("csv.empty", "There is nothing in it.");

    /// <summary>A spreadsheet, a picture, anything but text.</summary>
    public static readonly Error NotText = new("csv.not_text", "This is not a text file. Save the table as CSV first.");

    /// <summary>More lines than the reader was asked for.</summary>
    public static readonly Error TooManyLines = new("csv.too_many_lines", "The file has more than 2,000 lines. Split it.");

    /// <summary>A quotation mark is never closed, or text follows a closed one.</summary>
    public static readonly Error Quote = new("csv.quote", "A quotation mark is not closed, or text follows after it.");

    /// <summary>A value goes over several lines.</summary>
    public static readonly Error LineBreak = new("csv.line_break", "A value goes over several lines.");

    /// <summary>More values than the first line has columns.</summary>
    public static readonly Error ExtraValues = new("csv.extra_values", "The line has more values than there are columns.");

    /// <summary>A value that its column cannot have; the field names the column.</summary>
    public static readonly Error Value = new("csv.value", "This value is not understood.");
}
