using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;

namespace CallCenter.Web.Features.Settings;

/// <summary>One card as a person works on it: what is stored, what is typed, what is wrong, and what somebody else saved meanwhile.</summary>
/// <typeparam name="TForm">The card's values.</typeparam>
public sealed class CardModel<TForm>(
    SettingsFormValidator<TForm> rules, Func<TForm, int, CancellationToken, Task<CardSave<TForm>>> save)
    where TForm : class, ISettingsForm<TForm>, new()
{
    private readonly List<Error> _errors = [];

    /// <summary>The card as last read.</summary>
    public SettingsCard<TForm> Stored { get; private set; } = new(new TForm(), 0, null, null);

    /// <summary>What is typed.</summary>
    public TForm Form { get; private set; } = new();

    /// <summary>The form is shown.</summary>
    public bool Editing { get; private set; }

    /// <summary>A save is under way.</summary>
    public bool Busy { get; private set; }

    /// <summary>The fields' choices while somebody else's version stands against the typed one; null otherwise.</summary>
    public IReadOnlyList<FieldConflict<TForm>>? Conflict { get; private set; }

    /// <summary>The other version; set exactly while <see cref="Conflict"/> is.</summary>
    public SettingsCard<TForm>? Theirs { get; private set; }

    /// <summary>Fields that differ from what is stored.</summary>
    public IReadOnlyList<SettingsField<TForm>> Changes => Editing ? SettingsForms.Changes(Stored.Values, Form) : [];

    /// <summary>Something would be lost.</summary>
    public bool Dirty => Changes.Count > 0 || Conflict is not null;

    /// <summary>The failure that is about no field.</summary>
    public Error? General => _errors.FirstOrDefault(error => error.Field is null && error.Code != SettingsErrors.Conflict.Code);

    /// <summary>The failure of a field, or null.</summary>
    public Error? this[string field] => _errors.FirstOrDefault(error => error.Field == field);

    /// <summary>Takes a card that was read; what is being typed stays.</summary>
    public void Load(SettingsCard<TForm> card)
    {
        if (!Editing)
        {
            Stored = card;
        }
    }

    /// <summary>Begins editing.</summary>
    public void Edit()
    {
        Form = SettingsForms.Copy(Stored.Values);
        _errors.Clear();
        Editing = true;
    }

    /// <summary>Throws away what was typed. After a conflict, the other version is what is stored.</summary>
    public void Cancel()
    {
        Stored = Theirs ?? Stored;
        (Conflict, Theirs) = (null, null);
        _errors.Clear();
        Editing = false;
    }

    /// <summary>A field was changed: what was wrong with it is judged again.</summary>
    public void Touched(string field)
    {
        if (_errors.RemoveAll(error => error.Field == field) > 0)
        {
            var copy = SettingsForms.Copy(Form);
            copy.Normalize();
            _errors.AddRange(rules.Check(copy).Where(error => error.Field == field));
        }
    }

    /// <summary>Takes what was typed into a field; null text is empty text.</summary>
    public void Set(string name, object? value)
    {
        var field = TForm.Fields.First(f => f.Name == name);
        field.Set(Form, value ?? (field.Get(new TForm()) is string ? "" : null));
        Touched(name);
    }

    /// <summary>Saves. On a conflict the form stays and <see cref="Conflict"/> holds both versions.</summary>
    /// <returns>True when it was saved.</returns>
    public async Task<bool> SaveAsync(CancellationToken cancellationToken)
    {
        Busy = true;
        _errors.Clear();
        try
        {
            var outcome = await save(Form, Stored.Version, cancellationToken);
            _errors.AddRange(outcome.Errors);
            if (outcome.Theirs is { } theirs)
            {
                Theirs = theirs;
                Conflict = [.. TForm.Fields
                    .Select(field => new FieldConflict<TForm>(field, Stored.Values, Form, theirs.Values))
                    .Where(conflict => conflict.Differs)];
            }
            else if (outcome.Saved is { } saved)
            {
                Stored = saved;
                Editing = false;
            }

            return outcome.Saved is not null;
        }
        finally
        {
            Busy = false;
        }
    }

    /// <summary>Goes on editing on top of the other version, with the chosen value for each field.</summary>
    public void Merge()
    {
        if (Theirs is not { } theirs || Conflict is not { } conflicts)
        {
            return;
        }

        var merged = SettingsForms.Copy(theirs.Values);
        foreach (var conflict in conflicts.Where(c => c.KeepMine == true))
        {
            conflict.Field.Copy(Form, merged);
        }

        Stored = theirs;
        Form = merged;
        (Conflict, Theirs) = (null, null);
        _errors.Clear();
    }
}

/// <summary>One field in which two versions differ.</summary>
public sealed class FieldConflict<TForm>
{
    /// <summary>Compares the versions with what both began from.</summary>
    public FieldConflict(SettingsField<TForm> field, TForm began, TForm mine, TForm theirs)
    {
        Field = field;
        Mine = field.Get(mine);
        Theirs = field.Get(theirs);
        Differs = !field.Same(mine, theirs);
        KeepMine = field.Same(began, mine) ? false : field.Same(began, theirs) ? true : null;
    }

    /// <summary>The field.</summary>
    public SettingsField<TForm> Field { get; }

    /// <summary>What was typed here.</summary>
    public object? Mine { get; }

    /// <summary>What somebody else saved.</summary>
    public object? Theirs { get; }

    /// <summary>They are not the same.</summary>
    public bool Differs { get; }

    /// <summary>Which one to keep; null while nobody has chosen, because both sides changed it.</summary>
    public bool? KeepMine { get; set; }
}
