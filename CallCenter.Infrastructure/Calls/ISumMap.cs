namespace CallCenter.Infrastructure.Calls;

/// <summary>Rows that are added to what is stored: every column after the key is summed.</summary>
internal interface ISumMap<T> : IRowMap<T>
{
    /// <summary>Columns of which the greater value stays instead.</summary>
    static abstract IReadOnlySet<string> Greatest { get; }
}
