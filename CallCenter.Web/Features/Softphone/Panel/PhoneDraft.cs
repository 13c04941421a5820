namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>An answered call that is over.</summary>
/// <param name="Id">The call's id in the page.</param>
/// <param name="Number">The other side; empty when withheld.</param>
/// <param name="Name">Its name; null when unknown.</param>
public sealed record PhoneWrapUpCall(string Id, string Number, string? Name);

/// <summary>Note and result of a call as they are being written.</summary>
internal sealed class PhoneDraft
{
    public string Note { get; set; } = "";

    public Guid? DispositionId { get; set; }

    /// <summary>Differs from what is stored.</summary>
    public bool IsDirty { get; set; }

    /// <summary>What is stored was read.</summary>
    public bool IsRead { get; set; }
}
