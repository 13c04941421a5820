namespace CallCenter.Web.Shared;

/// <summary>Ids that tie a control to its label, help and error.</summary>
/// <param name="Id">Of the control.</param>
/// <param name="DescribedBy">For <c>aria-describedby</c>; null when there is neither help nor error.</param>
/// <param name="Invalid">For <c>aria-invalid</c>; null when valid.</param>
public sealed record FieldIds(string Id, string? DescribedBy, string? Invalid);
