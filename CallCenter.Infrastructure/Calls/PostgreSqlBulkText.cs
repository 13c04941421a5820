namespace CallCenter.Infrastructure.Calls;

internal static class PostgreSqlBulkText
{
    public const string Temporary = "pg_temp.\"BulkRows\"";

    public const string DropTemporary = $"DROP TABLE {Temporary}";

    public static string CreateTemporary<T, TMap>()
        where TMap : IRowMap<T> =>
        $"CREATE TEMPORARY TABLE \"BulkRows\" ON COMMIT DROP AS SELECT {List(TMap.Columns)} FROM {Quote(TMap.Table)} WITH NO DATA";

    public static string UpdateFromTemporary<T, TMap>()
        where TMap : IRowMap<T>
    {
        var set = string.Join(", ", TMap.Columns.Skip(TMap.KeyColumns).Select(c => $"{Quote(c)} = s.{Quote(c)}"));
        var key = string.Join(" AND ", TMap.Columns.Take(TMap.KeyColumns).Select(c => $"t.{Quote(c)} = s.{Quote(c)}"));
        return $"UPDATE {Quote(TMap.Table)} AS t SET {set} FROM {Temporary} AS s WHERE {key}";
    }

    /// <summary>Adds up rows that come as one array per column, in the order of the map.</summary>
    public static string AddFromArrays<T, TMap>()
        where TMap : ISumMap<T>
    {
        var columns = List(TMap.Columns);
        var arrays = string.Join(", ", Enumerable.Range(1, TMap.Columns.Count).Select(i => $"${i}"));
        var key = List(TMap.Columns.Take(TMap.KeyColumns));
        var set = string.Join(", ", TMap.Columns.Skip(TMap.KeyColumns).Select(c => TMap.Greatest.Contains(c)
            ? $"{Quote(c)} = GREATEST(t.{Quote(c)}, EXCLUDED.{Quote(c)})"
            : $"{Quote(c)} = t.{Quote(c)} + EXCLUDED.{Quote(c)}"));
        return $"INSERT INTO {Quote(TMap.Table)} AS t ({columns}) SELECT * FROM unnest({arrays}) ON CONFLICT ({key}) DO UPDATE SET {set}";
    }

    public static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quote));

    public static string Quote(string identifier) => $"\"{identifier}\"";
}
