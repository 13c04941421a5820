using System.Collections;
using Npgsql;

namespace CallCenter.Infrastructure.Calls;

/// <summary>Rows turned to one array per column, as PostgreSQL's <c>unnest</c> takes them.</summary>
internal sealed class ColumnArrays : IRowSink
{
    private readonly List<IList> _columns = [];
    private int _next;

    /// <summary>The columns of rows, each as a parameter of an array type.</summary>
    public static IEnumerable<NpgsqlParameter> Of<T, TMap>(IReadOnlyCollection<T> rows)
        where TMap : IRowMap<T>
    {
        var sink = new ColumnArrays();
        foreach (var row in rows)
        {
            sink._next = 0;
            TMap.Write(row, sink);
        }

        return sink._columns.Select(column => new NpgsqlParameter { Value = column });
    }

    public void Uuid(Guid value) => Add(value);

    public void OptionalUuid(Guid? value) => Add(value);

    public void Text(string value) => Add(value);

    public void Instant(DateTime? utc) => Add(utc);

    public void Int32(int value) => Add(value);

    public void OptionalInt32(int? value) => Add(value);

    public void Int64(long value) => Add(value);

    public void Flag(bool value) => Add(value);

    private void Add<T>(T value)
    {
        if (_next == _columns.Count)
        {
            _columns.Add(new List<T>());
        }

        ((List<T>)_columns[_next++]).Add(value);
    }
}
