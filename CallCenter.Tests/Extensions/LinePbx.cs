using System.Collections.Concurrent;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Tests.Support;

namespace CallCenter.Tests.Extensions;

/// <summary>A PBX without the wire whose lines come and go. What the wire does to them is in ExtensionTruthOverSocketTests.</summary>
internal sealed class LinePbx(ManualClock clock) : IPbxExtensions
{
    public const string SecretText = "Their-Secret1!";

    private readonly ConcurrentDictionary<string, PbxExtensionLine> _lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PbxExtension> _configured = new(StringComparer.Ordinal);
    private int _lists;
    private int _finds;

    public Error? Failure { get; set; }

    /// <summary>How long a list takes, by the clock.</summary>
    public TimeSpan Slowness { get; set; }

    /// <summary>Done while the PBX answers, with the number; empty for the list.</summary>
    public Func<string, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

    /// <summary>There, but left out of the list.</summary>
    public HashSet<string> Unlisted { get; } = [];

    public int Lists => _lists;

    public int Finds => _finds;

    public bool Has(string number) => _configured.ContainsKey(number);

    public ExtensionProfile Profile(string number) => _configured[number].Profile;

    public void Put(string number, LineStatus status = LineStatus.Offline, string address = "", bool locked = false, ExtensionProfile? profile = null, string secret = SecretText)
    {
        profile ??= _configured.TryGetValue(number, out var there) ? there.Profile : new ExtensionProfile { Name = $"Person {number}" };
        _configured[number] = new PbxExtension(number, profile, new Secret(secret), new Secret("4711"));
        _lines[number] = new PbxExtensionLine(
            number, profile.Name, "SIP(WebRTC)", profile.WebPhone, status, address, address.Length > 0 ? "GXP1625" : "", !profile.Enabled, locked);
    }

    public void Register(string number, string address = "192.0.2.10:5060") => Put(number, LineStatus.Idle, address);

    public void Remove(string number)
    {
        _lines.TryRemove(number, out _);
        _configured.TryRemove(number, out _);
    }

    public async Task<Result<IReadOnlyList<PbxExtensionLine>>> ListAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _lists);
        List<PbxExtensionLine> lines = [.. _lines.Values.Where(line => !Unlisted.Contains(line.Number))];
        clock.Advance(Slowness);
        await Meanwhile("");
        return Failure is { } failure ? failure : lines;
    }

    public async Task<Result<PbxExtension?>> FindAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _finds);
        var found = _configured.GetValueOrDefault(number);
        await Meanwhile(number);
        return Failure is { } failure ? failure : found;
    }

    public Task<Result<IReadOnlySet<string>>> ListTakenNumbersAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<PbxWrite> AddAsync(PbxEndpoint pbx, PbxExtension extension, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<PbxWrite> ChangeAsync(
        PbxEndpoint pbx, string number, ExtensionProfile profile, IReadOnlyList<ExtensionField> fields, Secret? secret, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<PbxWrite> DeleteAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<PbxWrite> ApplyAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<PbxWrite> CallAsync(PbxEndpoint pbx, string number, string destination, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
