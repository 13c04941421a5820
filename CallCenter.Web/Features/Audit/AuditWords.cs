using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Audit;

/// <summary>The audit log's codes in the reader's language. What is not known shows as it is stored: old entries must stay readable.</summary>
internal sealed class AuditWords(IStringLocalizer<AuditText> texts, IStringLocalizer<CommonText> common)
{
    public string Action(string action) => Or(texts[$"Action.{action}"], action);

    public string Subject(string type) => Or(texts[$"Subject.{type}"], type);

    public string Field(string field) => Or(texts[$"Field.{field}"], field);

    public string Value(string field, string? value) => value switch
    {
        null => "",
        AuditValues.ChangedSecret => texts["SecretChanged"],
        Secret.Mask => texts["SecretKept"],
        "true" => texts["Yes"],
        "false" => texts["No"],
        _ when field == "role" => Or(common[$"Role.{value}"], value),
        _ when field == "language" => Or(common[$"Language.{value}"], value),
        _ => value,
    };

    private static string Or(LocalizedString text, string code) => text.ResourceNotFound ? code : text.Value;
}
