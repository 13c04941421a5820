using System.Diagnostics;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Tests.Extensions;

/// <summary>How a call to <see cref="MemoryPbx"/> goes wrong.</summary>
internal enum MemoryFault
{
    None,

    /// <summary>Done, but the answer is lost.</summary>
    AnswerLost,

    /// <summary>Not done, and the answer is lost too.</summary>
    NeverArrived,

    /// <summary>Certainly not done: nobody listens.</summary>
    Unreachable,

    /// <summary>Refused without a reason.</summary>
    Refused,
}

/// <summary>
/// A PBX without the wire, for what the wire does not matter to: numbering, permissions, and faults at an exact call. The
/// saga against the real adapter and simulator is in SagaTests.
/// </summary>
internal sealed class MemoryPbx : IPbxExtensions
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PbxExtension> _configured = new(StringComparer.Ordinal);
    private readonly List<(string Call, string Number)> _calls = [];
    private readonly List<long> _applied = [];

    /// <summary>Decides about each call by its name and number; asked before anything is done.</summary>
    public Func<string, string, MemoryFault> Fault { get; set; } = (_, _) => MemoryFault.None;

    /// <summary>What applyChanges answers; null for success.</summary>
    public Func<Error?> ApplyRefusal { get; set; } = () => null;

    /// <summary>Secrets read as null, as some firmwares do.</summary>
    public bool HidesSecrets { get; set; }

    /// <summary>Taken by queues and the like, and refused without being found.</summary>
    public HashSet<string> OtherNumbers { get; } = [];

    /// <summary>In a call.</summary>
    public HashSet<string> Talking { get; } = [];

    /// <summary>Numbers that the list does not show, though they are there.</summary>
    public HashSet<string> Unlisted { get; } = [];

    public Dictionary<string, PbxExtension> Configured
    {
        get
        {
            lock (_gate)
            {
                return new(_configured);
            }
        }
    }

    public IReadOnlyList<TimeSpan> ApplyGaps
    {
        get
        {
            lock (_gate)
            {
                return [.. _applied.Zip(_applied.Skip(1), (a, b) => Stopwatch.GetElapsedTime(a, b))];
            }
        }
    }

    public int Count(string call)
    {
        lock (_gate)
        {
            return _calls.Count(c => c.Call == call);
        }
    }

    public void Seed(string number, string name = "Theirs", string secret = "Their-Secret1!") => Put(new PbxExtension(
        number, new ExtensionProfile { Name = name }, new Secret(secret), new Secret("1234")));

    public void Put(PbxExtension extension)
    {
        lock (_gate)
        {
            _configured[extension.Number] = extension;
        }
    }

    public void Remove(string number)
    {
        lock (_gate)
        {
            _configured.Remove(number);
        }
    }

    public Task<Result<IReadOnlyList<PbxExtensionLine>>> ListAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default) =>
        Read<IReadOnlyList<PbxExtensionLine>>("list", "", () => _configured.Values
            .Select(e => new PbxExtensionLine(
                e.Number, e.Profile.Name, "SIP", e.Profile.WebPhone, Talking.Contains(e.Number) ? LineStatus.InUse : LineStatus.Idle, "", "", false, false))
            .ToList());

    public Task<Result<PbxExtension?>> FindAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken = default) =>
        Read("find", number, () => _configured.GetValueOrDefault(number) is { } found && HidesSecrets
            ? found with { Secret = null, VoicemailPin = null }
            : _configured.GetValueOrDefault(number));

    public Task<Result<IReadOnlySet<string>>> ListTakenNumbersAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default) =>
        Read<IReadOnlySet<string>>("taken", "", () => _configured.Keys.Concat(OtherNumbers).Except(Unlisted).ToHashSet());

    public Task<PbxWrite> AddAsync(PbxEndpoint pbx, PbxExtension extension, CancellationToken cancellationToken = default) =>
        Write("add", extension.Number, () =>
        {
            if (OtherNumbers.Contains(extension.Number) || !_configured.TryAdd(extension.Number, extension))
            {
                return PbxWrite.Refused(ExtensionErrors.NumberTakenOnPbx);
            }

            return PbxWrite.Done;
        });

    public Task<PbxWrite> ChangeAsync(
        PbxEndpoint pbx, string number, ExtensionProfile profile, IReadOnlyList<ExtensionField> fields, Secret? secret, CancellationToken cancellationToken = default) =>
        Write("change", number, () =>
        {
            if (!_configured.TryGetValue(number, out var there))
            {
                return PbxWrite.Refused(ExtensionErrors.NotOnPbx);
            }

            var changed = fields.Aggregate(there.Profile, (to, field) => field.Copy(to, profile));
            _configured[number] = there with { Profile = changed, Secret = secret ?? there.Secret };
            return PbxWrite.Done;
        });

    public Task<PbxWrite> DeleteAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken = default) =>
        Write("delete", number, () => _configured.Remove(number) ? PbxWrite.Done : PbxWrite.Refused(ExtensionErrors.NotOnPbx));

    public Task<PbxWrite> ApplyAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default) => Write("apply", "", () =>
    {
        _applied.Add(Stopwatch.GetTimestamp());
        return ApplyRefusal() is { } refusal ? PbxWrite.Refused(refusal) : PbxWrite.Done;
    });

    public Task<PbxWrite> CallAsync(PbxEndpoint pbx, string number, string destination, CancellationToken cancellationToken = default) =>
        Write("call", number, () => PbxWrite.Done);

    private Task<Result<T>> Read<T>(string call, string number, Func<T> read)
    {
        lock (_gate)
        {
            _calls.Add((call, number));
            return Task.FromResult<Result<T>>(Fault(call, number) switch
            {
                MemoryFault.None => read(),
                MemoryFault.Refused => TelephonyErrors.Refused,
                MemoryFault.AnswerLost => TelephonyErrors.Garbage,
                MemoryFault.NeverArrived => TelephonyErrors.TimedOut,
                _ => TelephonyErrors.Unreachable,
            });
        }
    }

    private Task<PbxWrite> Write(string call, string number, Func<PbxWrite> write)
    {
        lock (_gate)
        {
            _calls.Add((call, number));
            var fault = Fault(call, number);
            var answer = fault is MemoryFault.None or MemoryFault.AnswerLost ? write() : PbxWrite.Done;
            return Task.FromResult(fault switch
            {
                MemoryFault.None => answer,
                MemoryFault.AnswerLost or MemoryFault.NeverArrived => PbxWrite.Doubt(TelephonyErrors.TimedOut),
                MemoryFault.Refused => PbxWrite.Refused(ExtensionErrors.RefusedByPbx, ExtensionHints.WeakSecret),
                _ => PbxWrite.Refused(TelephonyErrors.Unreachable),
            });
        }
    }
}
