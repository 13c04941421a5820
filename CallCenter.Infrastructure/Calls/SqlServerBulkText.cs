namespace CallCenter.Infrastructure.Calls;

internal static class SqlServerBulkText
{
    public const string Temporary = "#BulkRows";

    public const string DropTemporary = $"DROP TABLE {Temporary}";

    // Ends with the transaction, whatever happens to the process.
    public const string Lock =
        """
        DECLARE @result int;
        EXEC @result = sp_getapplock @Resource = @resource, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = -1;
        IF @result < 0 THROW 50000, 'The call sync lock was not granted.', 1;
        """;

    public static string CreateTemporary<T, TMap>()
        where TMap : IRowMap<T> =>
        $"SELECT TOP 0 {List(TMap.Columns)} INTO {Temporary} FROM {Quote(TMap.Table)}";

    public static string UpdateFromTemporary<T, TMap>()
        where TMap : IRowMap<T>
    {
        var set = string.Join(", ", TMap.Columns.Skip(TMap.KeyColumns).Select(c => $"{Quote(c)} = s.{Quote(c)}"));
        var key = string.Join(" AND ", TMap.Columns.Take(TMap.KeyColumns).Select(c => $"t.{Quote(c)} = s.{Quote(c)}"));
        return $"UPDATE t SET {set} FROM {Quote(TMap.Table)} AS t WITH (HOLDLOCK) INNER JOIN {Temporary} AS s ON {key}";
    }

    /// <summary>Adds to rows that are there; the hint keeps a second writer from slipping in before <see cref="AddMissing{T, TMap}"/>.</summary>
    public static string AddToStored<T, TMap>()
        where TMap : ISumMap<T>
    {
        var set = string.Join(", ", TMap.Columns.Skip(TMap.KeyColumns).Select(c => TMap.Greatest.Contains(c)
            ? $"{Quote(c)} = CASE WHEN s.{Quote(c)} > t.{Quote(c)} THEN s.{Quote(c)} ELSE t.{Quote(c)} END"
            : $"{Quote(c)} = t.{Quote(c)} + s.{Quote(c)}"));
        return $"UPDATE t SET {set} FROM {Quote(TMap.Table)} AS t WITH (UPDLOCK, HOLDLOCK) INNER JOIN {Temporary} AS s ON {SameKey<T, TMap>()}";
    }

    public static string AddMissing<T, TMap>()
        where TMap : ISumMap<T>
    {
        // The rows just added to are there, so only new keys are left.
        var columns = List(TMap.Columns);
        return $"INSERT INTO {Quote(TMap.Table)} ({columns}) SELECT {columns} FROM {Temporary} AS s"
            + $" WHERE NOT EXISTS (SELECT 1 FROM {Quote(TMap.Table)} AS t WHERE {SameKey<T, TMap>()})";
    }

    private static string SameKey<T, TMap>()
        where TMap : IRowMap<T> =>
        string.Join(" AND ", TMap.Columns.Take(TMap.KeyColumns).Select(c => $"t.{Quote(c)} = s.{Quote(c)}"));

    public static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quote));

    public static string Quote(string identifier) => $"[{identifier}]";
}
