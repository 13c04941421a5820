using CallCenter.Core.Calls;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;

namespace CallCenter.Core.Clients;

/// <summary>A client as it may be stored. The form and the import have the same rules, and these are they.</summary>
public sealed record ClientDraft(string Name, string Company, string Note, IReadOnlyList<(long E164, string Label)> Numbers, IReadOnlyList<string> Tags)
{
    private static readonly char[] TagSeparators = [',', '،', ';', '؛', '\n'];

    /// <summary>Every error of the form, in its order; empty when it may be stored.</summary>
    /// <param name="form">As typed.</param>
    /// <param name="country">Country against which bare numbers are read.</param>
    /// <param name="draft">What may be stored; only to be used without errors.</param>
    public static IReadOnlyList<Error> Check(ClientForm form, string country, out ClientDraft draft)
    {
        var errors = new List<Error>();
        var (name, company, note) = (Trim(form.Name), Trim(form.Company), form.Note.Trim());
        AddIf(errors, name.Length + company.Length == 0, ClientErrors.NameMissing);
        AddIf(errors, name.Length > Client.NameMaxLength, ClientErrors.NameTooLong);
        AddIf(errors, company.Length > Client.NameMaxLength, ClientErrors.CompanyTooLong);
        AddIf(errors, note.Length > Client.NoteMaxLength, ClientErrors.NoteTooLong);
        var numbers = ReadNumbers(form, country, errors);
        var tags = ReadTags(form.Tags);
        AddIf(errors, tags.Count > Client.MaxTags || tags.Any(tag => tag.Length > ClientTag.TextMaxLength), ClientErrors.TagsWrong);
        draft = new ClientDraft(name, company, note, numbers, tags);
        return errors;
    }

    /// <summary>What the form would look like that gives the same draft.</summary>
    public static ClientForm FormOf(Client client) => new()
    {
        Name = client.Name,
        Company = client.Company,
        Note = client.Note,
        Numbers = [.. client.Numbers.OrderBy(number => number.Position).Select(number => new ClientNumberForm { Number = PhoneDisplay.International(number.E164), Label = number.Label })],
        Tags = string.Join(", ", client.Tags.Select(tag => tag.Text).Order(StringComparer.CurrentCulture)),
    };

    /// <summary>A tag's words, apart by commas.</summary>
    public static IReadOnlyList<string> ReadTags(string text) =>
        [.. text.Split(TagSeparators, StringSplitOptions.RemoveEmptyEntries).Select(Trim).Where(tag => SearchText.Fold(tag).Length > 0).DistinctBy(SearchText.Fold)];

    /// <summary>Puts the draft into a client.</summary>
    /// <returns>Numbers that the client gained or lost.</returns>
    public IReadOnlyList<long> ApplyTo(Client client)
    {
        client.Name = Name;
        client.Company = Company;
        client.Note = Note;
        client.SearchText = Cut(SearchText.Fold(string.Join(' ', [Name, Company, .. Tags])), Client.SearchMaxLength);
        client.SortText = Cut(SearchText.Fold(client.DisplayName), Client.NameMaxLength);
        var changed = ApplyNumbers(client);
        var keys = Tags.ToDictionary(tag => Cut(SearchText.Fold(tag), ClientTag.TextMaxLength), StringComparer.Ordinal);
        client.Tags.RemoveAll(tag => !keys.ContainsKey(tag.Key));
        foreach (var (key, text) in keys)
        {
            if (client.Tags.Find(tag => tag.Key == key) is { } known)
            {
                known.Text = text;
            }
            else
            {
                client.Tags.Add(new ClientTag { ClientId = client.Id, Key = key, Text = text });
            }
        }

        return changed;
    }

    private List<long> ApplyNumbers(Client client)
    {
        var wanted = Numbers.Select(number => number.E164).ToHashSet();
        var changed = client.Numbers.Select(number => number.E164).Where(number => !wanted.Contains(number)).ToList();
        client.Numbers.RemoveAll(number => !wanted.Contains(number.E164));
        for (var i = 0; i < Numbers.Count; i++)
        {
            var (e164, label) = Numbers[i];
            if (client.Numbers.Find(number => number.E164 == e164) is { } known)
            {
                (known.Label, known.Position) = (label, i);
            }
            else
            {
                changed.Add(e164);
                client.Numbers.Add(new ClientNumber { ClientId = client.Id, E164 = e164, Tail = NumberTail.Of(PhoneNumbers.Text(e164)), Label = label, Position = i });
            }
        }

        return changed;
    }

    private static List<(long E164, string Label)> ReadNumbers(ClientForm form, string country, List<Error> errors)
    {
        var numbers = new List<(long E164, string Label)>();
        for (var i = 0; i < form.Numbers.Count; i++)
        {
            var typed = form.Numbers[i];
            if (string.IsNullOrWhiteSpace(typed.Number))
            {
                continue;
            }

            var field = $"{nameof(ClientForm.Numbers)}[{i}]";
            var e164 = PhoneNumbers.ToE164(typed.Number, country);
            AddIf(errors, e164 == 0, ClientErrors.NumberWrong with { Field = field });
            AddIf(errors, e164 != 0 && numbers.Exists(number => number.E164 == e164), ClientErrors.NumberTwice with { Field = field });
            AddIf(errors, Trim(typed.Label).Length > ClientNumber.LabelMaxLength, ClientErrors.LabelTooLong with { Field = field });
            numbers.Add((e164, Trim(typed.Label)));
        }

        AddIf(errors, numbers.Count > Client.MaxNumbers, ClientErrors.TooManyNumbers);
        return numbers;
    }

    private static void AddIf(List<Error> errors, bool wrong, Error error)
    {
        if (wrong)
        {
            errors.Add(error);
        }
    }

    private static string Trim(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;
}
