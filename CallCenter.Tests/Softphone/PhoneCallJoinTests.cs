using CallCenter.Core.Softphone;
using CallCenter.Core.Telephony;
using CallCenter.Tests.Support;
using FsCheck.Fluent;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Softphone;

/// <summary>Joining of phones' calls with the PBX's, over any order in which both become known, and however often.</summary>
public sealed class PhoneCallJoinTests
{
    private const string Extension = "1001";
    private const int MostCalls = 6;

    [Fact]
    public void Find_AnyOrderAndRedelivery_GivesEachCallItsOwnAndNoneTwice() => Prop.ForAll<int, int, byte[]>((calls, seed, far) =>
    {
        var random = new Random(seed);
        var count = 1 + (Math.Abs(calls % MostCalls));
        var (ours, theirs) = Day(count, random, i => 300 + (far.Length > i ? far[i] : 0));

        var joined = Deliver(ours, theirs, random);

        return ours.Zip(theirs).All(pair => joined.GetValueOrDefault(pair.First.Id) == pair.Second.CallId);
    }).Holds(runs: 60);

    [Fact]
    public void Find_CallsCloseTogether_AreNeverJoinedTwiceNorWithAnotherNumber() => Prop.ForAll<int, int, byte[]>((calls, seed, near) =>
    {
        var random = new Random(seed);
        var count = 1 + (Math.Abs(calls % MostCalls));
        var (ours, theirs) = Day(count, random, i => near.Length > i ? near[i] % 40 : 3);

        var joined = Deliver(ours, theirs, random);

        // One call alone is always told: nobody keeps this by joining nothing.
        return (count > 1 || joined.Count == 1)
            && joined.Values.Distinct().Count() == joined.Count
            && joined.All(pair => ours.Single(call => call.Id == pair.Key).Number == theirs.Single(record => record.CallId == pair.Value).Legs[0].Destination);
    }).Holds(runs: 60);

    // Phone's calls and the PBX's records of the same: clocks differ, lengths hardly, and two numbers take turns.
    private static (List<PhoneCall> Ours, List<JoinCandidate> Theirs) Day(int count, Random random, Func<int, int> pause)
    {
        var (ours, theirs, at) = (new List<PhoneCall>(), new List<JoinCandidate>(), 0);
        for (var i = 0; i < count; i++)
        {
            var number = random.Next(2) == 0 ? "0209100123" : "0209100777";
            var length = random.Next(1, 120);
            var start = Noon.AddSeconds(at);
            ours.Add(new PhoneCall
            {
                UserId = Guid.NewGuid(),
                UserName = "Nora",
                ClientId = $"c{i}",
                Extension = Extension,
                PbxId = Guid.Empty,
                Direction = PhoneDirection.Out,
                Number = number,
                FirstNumber = number,
                State = PhoneCallState.Ended,
                StartedAtUtc = start.AddSeconds(random.Next(-60, 60)),
                FirstSeenAtUtc = start.AddSeconds(1),
                LastSeenAtUtc = start.AddSeconds(length),
                SeenLive = true,
                EndedAtUtc = start.AddSeconds(length),
            });
            ours[^1].EndedAtUtc = ours[^1].StartedAtUtc.AddSeconds(length + random.Next(-3, 4));
            var leg = Leg($"1772452800.{i}", $"{i}", $"s{i}", at, length, answeredBy: number, source: Extension, destination: number) with
            {
                Direction = CallDirection.Outbound,
                SourceDevice = Extension,
                DestinationDevice = "trunk_1",
            };
            theirs.Add(new JoinCandidate(Guid.NewGuid(), leg.StartUtc, leg.EndUtc, Extension, IsTaken: false, [leg]));
            at += length + pause(i);
        }

        return (ours, theirs);
    }

    // As the job does it: whatever is known so far is tried again with each delivery, and what is joined stays so.
    private static Dictionary<Guid, Guid> Deliver(List<PhoneCall> ours, List<JoinCandidate> theirs, Random random)
    {
        List<int> events = [.. Enumerable.Range(0, ours.Count + theirs.Count), .. Enumerable.Range(0, ours.Count + theirs.Count)];
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events));
        var (told, recorded, joined) = (new HashSet<PhoneCall>(), new HashSet<JoinCandidate>(), new Dictionary<Guid, Guid>());
        foreach (var what in events)
        {
            _ = what < ours.Count ? told.Add(ours[what]) : recorded.Add(theirs[what - ours.Count]);
            foreach (var call in told.Where(call => !joined.ContainsKey(call.Id)).OrderBy(call => call.StartedAtUtc))
            {
                List<JoinCandidate> candidates = [.. recorded.Select(record => record with { IsTaken = joined.ContainsValue(record.CallId) })];
                if (PhoneCallJoin.Find(call, candidates, "IE") is { } found)
                {
                    joined[call.Id] = found;
                }
            }
        }

        return joined;
    }
}
