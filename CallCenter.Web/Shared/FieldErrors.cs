using CallCenter.Core.Primitives;

namespace CallCenter.Web.Shared;

/// <summary>Failures of a form: those of one field stand at the field, the others above the form.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, Error> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The failure that is about no field in particular; null when there is none.</summary>
    public Error? General { get; private set; }

    /// <summary>True when anything failed.</summary>
    public bool Any => General is not null || _fields.Count > 0;

    /// <summary>The field's failure, or null.</summary>
    public Error? this[string field] => _fields.GetValueOrDefault(field);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        General = null;
        _fields.Clear();
    }

    /// <summary>Forgets what was wrong with one field.</summary>
    public void Forget(string field) => _fields.Remove(field);

    /// <summary>Forgets what was and notes this one; null notes nothing. Answers whether there was no failure.</summary>
    public bool Take(Error? error)
    {
        Clear();
        Add(error);
        return error is null;
    }

    /// <summary>Notes one more; the first of a field stays.</summary>
    public void Add(Error? error)
    {
        if (error is { Field: { } field })
        {
            _fields.TryAdd(field, error);
        }
        else if (error is not null)
        {
            General ??= error;
        }
    }
}
