using System.Text;

namespace CallCenter.Core.Files;

/// <summary>Splits one line of a machine-written CSV file, for files too large for <see cref="CsvText"/>.</summary>
public static class CsvLine
{
    /// <summary>The values without their quotation marks; null when a quotation mark is not closed or text follows a closed one.</summary>
    public static IReadOnlyList<string>? Split(string line, char separator)
    {
        List<string> fields = [];
        var value = new StringBuilder();
        var at = 0;
        while (true)
        {
            value.Clear();
            if (at < line.Length && line[at] == '"')
            {
                at++;
                while (true)
                {
                    if (at >= line.Length)
                    {
                        return null;
                    }

                    if (line[at] != '"')
                    {
                        value.Append(line[at++]);
                    }
                    else if (at + 1 < line.Length && line[at + 1] == '"')
                    {
                        value.Append('"');
                        at += 2;
                    }
                    else
                    {
                        at++;
                        break;
                    }
                }

                if (at < line.Length && line[at] != separator)
                {
                    return null;
                }

                fields.Add(value.ToString());
            }
            else
            {
                var end = line.IndexOf(separator, at);
                end = end < 0 ? line.Length : end;
                fields.Add(line[at..end]);
                at = end;
            }

            if (at >= line.Length)
            {
                return fields;
            }

            at++;
        }
    }
}
