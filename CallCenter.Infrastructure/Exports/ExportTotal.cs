namespace CallCenter.Infrastructure.Exports;

/// <summary>
/// Counts the rows to come while the first ones are written: counting a large selection takes as long as many rows of it. Noted when it is
/// known, by whoever owns the attempt's context; given up when the file is there first.
/// </summary>
internal sealed class ExportTotal : IAsyncDisposable
{
    private readonly ExportAttempt _attempt;
    private readonly CancellationTokenSource _stop;
    private readonly Task<long?> _counting;
    private bool _isNoted;

    public ExportTotal(IExportSource source, ExportAttempt attempt, CancellationToken cancellationToken)
    {
        _attempt = attempt;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _counting = source.CountAsync(attempt.Export, _stop.Token);
    }

    /// <summary>Notes the number if it is known and was not noted yet.</summary>
    public async ValueTask NoteAsync(CancellationToken cancellationToken)
    {
        if (!_isNoted && _counting.IsCompleted)
        {
            _isNoted = true;
            await _attempt.NoteTotalAsync(await _counting, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_counting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
