namespace CallCenter.Infrastructure.Calls;

/// <summary>Takes the columns of one row in order. One mapping of a row serves both providers and the fingerprint.</summary>
internal interface IRowSink
{
    void Uuid(Guid value);

    void OptionalUuid(Guid? value);

    void Text(string value);

    void Instant(DateTime? utc);

    void Int32(int value);

    void OptionalInt32(int? value);

    void Int64(long value);

    void Flag(bool value);
}

/// <summary>Where rows of <typeparamref name="T"/> go and what their columns are. A test compares it with the EF Core model.</summary>
internal interface IRowMap<T>
{
    static abstract string Table { get; }

    /// <summary>The first of <see cref="Columns"/> that make the key.</summary>
    static abstract int KeyColumns { get; }

    static abstract IReadOnlyList<string> Columns { get; }

    static abstract void Write<TSink>(T row, TSink sink)
        where TSink : IRowSink;
}
