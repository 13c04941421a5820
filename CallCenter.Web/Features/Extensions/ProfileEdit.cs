using CallCenter.Core.Extensions;

namespace CallCenter.Web.Features.Extensions;

/// <summary>A field that two people changed to different values.</summary>
/// <param name="Field">Which.</param>
/// <param name="Theirs">The stored value.</param>
/// <param name="Mine">The typed one.</param>
public sealed record ProfileClash(ExtensionField Field, object? Theirs, object? Mine);

/// <summary>Settings as somebody types them over what was stored, and what others stored meanwhile.</summary>
/// <param name="stored">The settings that the typing began with.</param>
/// <param name="version">Their version.</param>
public sealed class ProfileEdit(ExtensionProfile stored, int version)
{
    /// <summary>What is stored, as far as this edit knows.</summary>
    public ExtensionProfile Stored { get; private set; } = stored;

    /// <summary>Its version, to be given back with the save.</summary>
    public int Version { get; private set; } = version;

    /// <summary>What is typed.</summary>
    public ExtensionProfile Typed { get; set; } = stored;

    /// <summary>Fields that a save would change.</summary>
    public IReadOnlyList<ExtensionField> Changes => Stored.Differences(Typed);

    /// <summary>Fields that others changed while this was typed and that are taken over.</summary>
    public IReadOnlyList<ExtensionField> TakenOver { get; private set; } = [];

    /// <summary>Fields that both changed; the typed values stand until the reader takes the others.</summary>
    public IReadOnlyList<ProfileClash> Clashes { get; private set; } = [];

    /// <summary>Others changed settings meanwhile.</summary>
    public bool IsConflicting => TakenOver.Count > 0 || Clashes.Count > 0;

    /// <summary>Puts what was typed upon what is stored now. False when the settings are the same and only the version moved.</summary>
    public bool Rebase(ExtensionProfile now, int version)
    {
        var mine = Changes;
        var theirs = Stored.Differences(now);
        var clashes = theirs.Where(field => mine.Contains(field) && !Equals(field.Get(now), field.Get(Typed)))
            .Select(field => new ProfileClash(field, field.Get(now), field.Get(Typed)));
        (TakenOver, Clashes) = ([.. theirs.Where(field => !mine.Contains(field))], [.. clashes]);
        Typed = mine.Aggregate(now, (profile, field) => field.Copy(profile, Typed));
        (Stored, Version) = (now, version);
        return theirs.Count > 0;
    }

    /// <summary>Settles a clash in favour of the stored value.</summary>
    public void TakeTheirs(ProfileClash clash)
    {
        Typed = clash.Field.Copy(Typed, Stored);
        Clashes = [.. Clashes.Where(other => other != clash)];
    }
}
