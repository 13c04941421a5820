using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Work;

/// <summary>What people put on the calls of a list, for its columns. Needs <see cref="Permissions.Calls.View"/>, else <see cref="AccessErrors.Denied"/>.</summary>
public interface ICallMarks
{
    /// <summary>Most calls of one question.</summary>
    const int MaxCount = 200;

    /// <summary>Marks by call; calls without any, and those out of reach, are not in it.</summary>
    Task<Result<IReadOnlyDictionary<Guid, CallMarks>>> ReadAsync(IReadOnlyCollection<Guid> callIds, CancellationToken cancellationToken = default);
}

/// <summary>Marks of one call.</summary>
/// <param name="Tags">As first typed.</param>
/// <param name="DispositionEnglish">The last word on the call; empty for none.</param>
/// <param name="DispositionArabic">The same in Arabic.</param>
public sealed record CallMarks(IReadOnlyList<string> Tags, string DispositionEnglish, string DispositionArabic);
