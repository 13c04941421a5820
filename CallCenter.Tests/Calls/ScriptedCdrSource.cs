using System.Runtime.CompilerServices;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Tests.Calls;

/// <summary>A PBX's call detail in memory, with what a test wants to go wrong.</summary>
internal sealed class ScriptedCdrSource : ICdrSource
{
    public PbxKind Kind => PbxKind.Ucm;

    public List<CdrLeg> Legs { get; } = [];

    public int PageSize { get; init; } = 10;

    /// <summary>Windows in the order in which they were asked for.</summary>
    public List<CdrWindow> Windows { get; } = [];

    /// <summary>Called before each page; an error takes the page's place.</summary>
    public Func<int, Error?> BeforePage { get; set; } = _ => null;

    public int PagesServed { get; private set; }

    public int SkippedPerPage { get; set; }

    public Task<Result<DateTime?>> FindOldestAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default) =>
        Task.FromResult<Result<DateTime?>>(Legs.Count == 0 ? (DateTime?)null : Legs.Min(leg => leg.StartUtc));

    public async IAsyncEnumerable<Result<CdrPage>> ReadAsync(
        PbxEndpoint pbx, CdrWindow window, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Windows.Add(window);
        var matching = Legs.Where(leg => leg.StartUtc >= window.FromUtc && leg.StartUtc <= window.ToUtc).OrderBy(leg => leg.StartUtc);
        foreach (var page in matching.Chunk(PageSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            if (BeforePage(PagesServed) is { } error)
            {
                yield return error;
                yield break;
            }

            PagesServed++;
            yield return new CdrPage(page, SkippedPerPage);
        }
    }
}
