using CallCenter.Core.Calls;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>What a filter means within the caller's reach.</summary>
/// <param name="All">Every call of it, for sums.</param>
/// <param name="Ways">How to read it in the list's order; together they are all of it.</param>
/// <param name="FromUtc">First start, included; null without one.</param>
/// <param name="BeforeUtc">Last start, excluded.</param>
/// <param name="IsSparse">It has a condition that no index in the list's order knows: a page may have to look at very many calls.</param>
internal sealed record CallSelection(IQueryable<Call> All, IReadOnlyList<CallWay> Ways, DateTime? FromUtc, DateTime? BeforeUtc, bool IsSparse);
