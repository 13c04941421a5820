using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Settings;

/// <summary>Reads and changes the current tenant's call-center settings.</summary>
public interface ITenantSettings
{
    /// <summary>All four cards; secrets are masked. Needs <see cref="Permissions.Settings.View"/>.</summary>
    /// <returns>The cards, or <see cref="AccessErrors.Denied"/>.</returns>
    Task<Result<CallCenterSettings>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Saves the PBX connection. Needs <see cref="Permissions.Settings.Edit"/>, as every save.</summary>
    /// <param name="form">The values; normalised in place.</param>
    /// <param name="version">Of the card the values are based on; 0 for one never saved.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    Task<CardSave<PbxForm>> SaveAsync(PbxForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Saves the GDMS connection.</summary>
    /// <inheritdoc cref="SaveAsync(PbxForm, int, CancellationToken)" path="/param"/>
    Task<CardSave<GdmsForm>> SaveAsync(GdmsForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Saves the extension plan.</summary>
    /// <inheritdoc cref="SaveAsync(PbxForm, int, CancellationToken)" path="/param"/>
    Task<CardSave<ExtensionForm>> SaveAsync(ExtensionForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Saves recordings and media.</summary>
    /// <inheritdoc cref="SaveAsync(PbxForm, int, CancellationToken)" path="/param"/>
    Task<CardSave<RecordingForm>> SaveAsync(RecordingForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Forgets the GDMS connection, its secrets included.</summary>
    /// <param name="version">Of the card that was seen.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    Task<CardSave<GdmsForm>> RemoveGdmsAsync(int version, CancellationToken cancellationToken = default);
}

/// <summary>The four cards.</summary>
public sealed record CallCenterSettings(
    SettingsCard<PbxForm> Pbx, SettingsCard<GdmsForm> Gdms, SettingsCard<ExtensionForm> Extensions, SettingsCard<RecordingForm> Recordings);

/// <summary>A card as stored.</summary>
/// <typeparam name="TForm">Its values.</typeparam>
/// <param name="Values">The values; defaults when never saved.</param>
/// <param name="Version">To be sent back on saving; 0 when never saved.</param>
/// <param name="ChangedAtUtc">Last save, UTC; null when never saved.</param>
/// <param name="ChangedBy">Who saved last; null when never saved.</param>
public sealed record SettingsCard<TForm>(TForm Values, int Version, DateTime? ChangedAtUtc, string? ChangedBy)
    where TForm : class, ISettingsForm<TForm>, new()
{
    /// <summary>Was ever saved.</summary>
    public bool IsSetUp => Version > 0;
}

/// <summary>Outcome of saving a card: exactly one of saved, conflict and errors.</summary>
/// <typeparam name="TForm">The card's values.</typeparam>
/// <param name="Saved">The card as it is now; null when it was not saved.</param>
/// <param name="Theirs">The card as somebody else left it; set exactly in a conflict. Nothing was written.</param>
/// <param name="Errors">What is wrong, by field where there is one; <see cref="SettingsErrors.Conflict"/> alone in a conflict.</param>
public sealed record CardSave<TForm>(SettingsCard<TForm>? Saved, SettingsCard<TForm>? Theirs, IReadOnlyList<Error> Errors)
    where TForm : class, ISettingsForm<TForm>, new();

/// <summary>Makes outcomes of saving a card.</summary>
public static class CardSave
{
    /// <summary>It was saved.</summary>
    public static CardSave<TForm> Done<TForm>(SettingsCard<TForm> saved)
        where TForm : class, ISettingsForm<TForm>, new() => new(saved, null, []);

    /// <summary>Somebody else was faster.</summary>
    public static CardSave<TForm> Conflicting<TForm>(SettingsCard<TForm> theirs)
        where TForm : class, ISettingsForm<TForm>, new() => new(null, theirs, [SettingsErrors.Conflict]);

    /// <summary>It cannot be saved as it is.</summary>
    public static CardSave<TForm> Failed<TForm>(params IReadOnlyList<Error> errors)
        where TForm : class, ISettingsForm<TForm>, new() => new(null, null, errors);
}
