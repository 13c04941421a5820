using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>A search as somebody types: the last question's answer wins, whichever comes last.</summary>
/// <param name="ask">Gives the answer to a text without blanks around it.</param>
internal sealed class PhoneSearch(Func<string, CancellationToken, Task<Result<IReadOnlyList<PhoneHit>>>> ask)
{
    private int _question;

    public IReadOnlyList<PhoneHit> Hits { get; private set; } = [];

    public Error? Error { get; private set; }

    public bool Asked { get; private set; }

    public async Task AskAsync(string text, CancellationToken cancellationToken)
    {
        var question = ++_question;
        var found = await ask(text.Trim(), cancellationToken);
        if (question == _question)
        {
            (Hits, Error, Asked) = (found.Succeeded ? found.Value : [], found.Error, true);
        }
    }
}
