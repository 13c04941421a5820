using CallCenter.Core.Files;

namespace CallCenter.Core.Clients;

/// <summary>Columns of a file: what they probably hold, and what a line says with them.</summary>
public static class ClientColumns
{
    private static readonly char[] NumberSeparators = [';', '؛', '|', '\n'];

    private static readonly (ClientColumn Column, string[] Words)[] Known =
    [
        (ClientColumn.Number, ["phone", "number", "mobile", "tel", "cell", "fax", "رقم", "ارقام", "هاتف", "جوال", "موبايل"]),
        (ClientColumn.Company, ["company", "organisation", "organization", "account", "شركه", "مؤسسه", "جهه"]),
        (ClientColumn.Tags, ["tag", "group", "label", "category", "وسم", "وسوم", "تصنيف"]),
        (ClientColumn.Note, ["note", "comment", "remark", "ملاحظ"]),
        (ClientColumn.Name, ["name", "contact", "client", "customer", "اسم", "عميل"]),
    ];

    /// <summary>What the columns probably hold, by their headings.</summary>
    public static IReadOnlyList<ClientColumn> Guess(IReadOnlyList<string> headings)
    {
        var columns = headings.Select(heading =>
        {
            var folded = SearchText.Fold(heading);
            return Known.FirstOrDefault(known => known.Words.Any(word => folded.Contains(word, StringComparison.Ordinal))).Column;
        }).ToArray();

        // Only numbers may come in several columns.
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] != ClientColumn.Number && Array.IndexOf(columns, columns[i]) < i)
            {
                columns[i] = ClientColumn.None;
            }
        }

        return columns;
    }

    /// <summary>Whether clients can be made of such columns.</summary>
    public static bool AreEnough(IReadOnlyList<ClientColumn> columns) =>
        columns.Contains(ClientColumn.Number) && (columns.Contains(ClientColumn.Name) || columns.Contains(ClientColumn.Company));

    /// <summary>What a line says.</summary>
    public static ClientForm Read(CsvRecord record, IReadOnlyList<ClientColumn> columns)
    {
        var form = new ClientForm();
        for (var i = 0; i < columns.Count && i < record.Fields.Count; i++)
        {
            var value = Unguard(record.Fields[i].Trim());
            switch (columns[i])
            {
                case ClientColumn.Name:
                    form.Name = value;
                    break;
                case ClientColumn.Company:
                    form.Company = value;
                    break;
                case ClientColumn.Tags:
                    form.Tags = value;
                    break;
                case ClientColumn.Note:
                    form.Note = value;
                    break;
                case ClientColumn.Number:
                    form.Numbers.AddRange(value.Split(NumberSeparators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                        .Select(number => new ClientNumberForm { Number = number }));
                    break;
            }
        }

        return form;
    }

    /// <summary>
    /// A value for a cell: one that a spreadsheet would compute gets an apostrophe in front, everything is quoted. Numbers are
    /// grouped by spaces, so that a spreadsheet keeps them as text with their plus.
    /// </summary>
    public static string Cell(string value)
    {
        var isFormula = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
        var isNumber = isFormula && value[0] == '+' && value.Contains(' ', StringComparison.Ordinal) && value.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or ';');
        return $"\"{(isFormula && !isNumber ? "'" : "")}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Unguard(string value) => value is ['\'', '=' or '+' or '-' or '@', ..] ? value[1..] : value;
}
