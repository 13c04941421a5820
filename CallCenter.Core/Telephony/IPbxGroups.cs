using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;

namespace CallCenter.Core.Telephony;

/// <summary>
/// Queues, ring groups and menus of a PBX, in neutral terms. A kind of PBX without the function answers
/// <see cref="TelephonyErrors.Unsupported"/>.
/// </summary>
public interface IPbxGroups
{
    /// <summary>Everything that the API user may list. A kind it may not list is missing from <see cref="PbxGroupList.Read"/>; only when it may list none is that an error.</summary>
    Task<Result<PbxGroupList>> ListAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default);
}

/// <summary>What a PBX has.</summary>
/// <param name="Groups">In no order.</param>
/// <param name="Read">Kinds that were listed whole: what is missing of these is gone.</param>
public sealed record PbxGroupList(IReadOnlyList<PbxGroupLine> Groups, IReadOnlySet<PbxGroupKind> Read);

/// <summary>A group as the PBX has it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Members">Extensions that always belong to it; agents who sign in to a queue are not told. Empty for menus.</param>
public sealed record PbxGroupLine(PbxGroupKind Kind, string Number, string Name, IReadOnlyList<string> Members);
