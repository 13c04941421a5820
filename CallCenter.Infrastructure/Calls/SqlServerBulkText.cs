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

    public static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quote));

    public static string Quote(string identifier) => $"[{identifier}]";
}
