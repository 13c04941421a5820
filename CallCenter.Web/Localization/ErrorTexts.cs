using CallCenter.Core.Primitives;
using CallCenter.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Localization;

/// <summary>What an expected failure says to people.</summary>
public sealed class ErrorTexts(IStringLocalizer<ErrorText> texts)
{
    /// <summary>The translation of the error's code.</summary>
    public string this[Error error] => Of(error.Code);

    /// <summary>The translation of a stored code; of an unknown one, a general sentence with the code.</summary>
    public string Of(string code)
    {
        var text = texts[code];
        return text.ResourceNotFound ? texts["unknown", code] : text.Value;
    }
}
