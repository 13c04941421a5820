namespace CallCenter.Infrastructure.Figures;

/// <summary>What the databases write differently in the sums' statements. Answers are whole numbers of 64 bits.</summary>
internal interface IFigureText
{
    string Quote(string identifier);

    string Sum(string column);

    string Max(string column);

    string Value(string column);
}

internal sealed class PostgreSqlFigureText : IFigureText
{
    public string Quote(string identifier) => $"\"{identifier}\"";

    // Of int columns PostgreSQL answers bigint; a cast before would make it numeric, which is slow.
    public string Sum(string column) => $"SUM({Quote(column)})";

    public string Max(string column) => $"MAX({Quote(column)})::bigint";

    public string Value(string column) => $"{Quote(column)}::bigint";
}

internal sealed class SqlServerFigureText : IFigureText
{
    public string Quote(string identifier) => $"[{identifier}]";

    // Of int columns SQL Server answers int and overflows.
    public string Sum(string column) => $"SUM({Value(column)})";

    public string Max(string column) => $"MAX({Value(column)})";

    public string Value(string column) => $"CAST({Quote(column)} AS bigint)";
}
