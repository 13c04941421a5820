using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Calls;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.WebUtilities;

namespace CallCenter.Tests.Calls;

public sealed class CallFilterTextTests
{
    private static Gen<string?> Texts => Maybe(Gen.Elements("+966 50 123", "٠٥٠", "a&b=c", "م ن", "6500", "x?#%", "\"'", "100%", "نور & Co"));

    private static Gen<int?> Numbers => Gen.OneOf(Gen.Choose(0, 100_000).Select(number => (int?)number), Gen.Constant<int?>(null));

    private static Gen<DateOnly?> Days => Gen.OneOf(Gen.Choose(700_000, 760_000).Select(day => (DateOnly?)DateOnly.FromDayNumber(day)), Gen.Constant<DateOnly?>(null));

    private static Gen<bool?> Answers => Gen.Elements<bool?>(true, false, null);

    private static Gen<CallFilter> Filters =>
        from texts in Texts.ListOf(7)
        from numbers in Numbers.ListOf(4)
        from days in Days.ListOf(2)
        from answers in Answers.ListOf(2)
        from range in Gen.Elements<CallRange?>([null, null, .. Enum.GetValues<CallRange>().Cast<CallRange?>()])
        from outcome in Gen.Elements<CallOutcome?>([null, .. Enum.GetValues<CallOutcome>().Cast<CallOutcome?>()])
        from direction in Gen.Elements<CallDirection?>([null, .. Enum.GetValues<CallDirection>().Cast<CallDirection?>()])
        from part in Gen.Choose(0, 31)
        from weekday in Gen.Elements<DayOfWeek?>([null, .. Enum.GetValues<DayOfWeek>().Cast<DayOfWeek?>()])
        from hour in Gen.Choose(-1, 23)
        from keys in Gen.Elements<Guid?>(null, Guid.NewGuid()).ListOf(2)
        from country in Gen.Elements<string?>(null, "SA", "IE")
        select new CallFilter
        {
            Number = texts[0],
            Client = texts[1],
            Name = texts[2],
            Agent = texts[3],
            Queue = texts[4],
            Tag = texts[5],
            Trunk = texts[6],
            Dialled = texts[0],
            ClientId = keys[0],
            Disposition = keys[1],
            Country = country,
            Range = range,
            From = range is null ? days[0] : null,
            To = range is null ? days[1] : null,
            Outcome = outcome,
            Direction = direction,
            Part = part == 0 ? null : (CallPart)part,
            PartNot = part < 16 ? null : (CallPart)(part - 15),
            Weekday = weekday,
            Hour = hour < 0 ? null : hour,
            TalkFrom = numbers[0],
            TalkTo = numbers[1],
            WaitFrom = numbers[2],
            WaitTo = numbers[3],
            Recorded = answers[0],
            Noted = answers[1],
        };

    [Fact]
    public void Read_OfWhatWasWritten_IsTheSameFilter() =>
        Prop.ForAll(Filters.ToArbitrary(), filter => ReadBack(CallAddress.For("demo", filter)) == filter).Holds(300);

    [Fact]
    public void Read_Garbage_IsTakenForWhatItCanMeanAndKeepsThat() => Prop.ForAll(
        Gen.Elements("", " ", "-1", "24", "yes", "NO", "2026-02-30", "2026-02-28", "Answered", "answered,rang", "3", "99999999999", "last-7-days", "LAST-WEEK", "sa", "S1", "\u0000", new string('x', 300))
            .ListOf(CallFilterText.Names.Count).ToArbitrary(),
        values =>
        {
            var filter = CallFilterText.Read(name => values[((List<string>)[.. CallFilterText.Names]).IndexOf(name)]);
            return ReadBack(CallAddress.For("demo", filter)) == filter;
        }).Holds(300);

    [Fact]
    public void Write_EveryMember_HasAName()
    {
        // A member without a name would be lost on the way from a figure to its calls.
        var known = typeof(CallFilter).GetProperties().Where(property => property.CanWrite).ToList();

        Assert.Equal(known.Count, CallFilterText.Names.Count);
        Assert.Equal(CallFilterText.Names.Count, CallFilterText.Names.Distinct().Count());
        Assert.Equal(Enum.GetValues<CallRange>(), CallFilterText.Ranges.Select(range => range.Range));
    }

    [Fact]
    public void For_NoFilter_IsTheListAlone() => Assert.Equal("demo/calls", CallAddress.For("demo", CallFilter.None));

    // Wednesday, 18 November 2026.
    [Theory]
    [InlineData(CallRange.Today, DayOfWeek.Sunday, "2026-11-18", "2026-11-18")]
    [InlineData(CallRange.Yesterday, DayOfWeek.Sunday, "2026-11-17", "2026-11-17")]
    [InlineData(CallRange.ThisWeek, DayOfWeek.Sunday, "2026-11-15", "2026-11-21")]
    [InlineData(CallRange.ThisWeek, DayOfWeek.Monday, "2026-11-16", "2026-11-22")]
    [InlineData(CallRange.ThisWeek, DayOfWeek.Saturday, "2026-11-14", "2026-11-20")]
    [InlineData(CallRange.LastWeek, DayOfWeek.Monday, "2026-11-09", "2026-11-15")]
    [InlineData(CallRange.Last7Days, DayOfWeek.Monday, "2026-11-12", "2026-11-18")]
    [InlineData(CallRange.Last30Days, DayOfWeek.Monday, "2026-10-20", "2026-11-18")]
    [InlineData(CallRange.ThisMonth, DayOfWeek.Monday, "2026-11-01", "2026-11-30")]
    [InlineData(CallRange.LastMonth, DayOfWeek.Monday, "2026-10-01", "2026-10-31")]
    [InlineData(CallRange.ThisQuarter, DayOfWeek.Monday, "2026-10-01", "2026-12-31")]
    [InlineData(CallRange.LastQuarter, DayOfWeek.Monday, "2026-07-01", "2026-09-30")]
    [InlineData(CallRange.ThisYear, DayOfWeek.Monday, "2026-01-01", "2026-12-31")]
    [InlineData(CallRange.LastYear, DayOfWeek.Monday, "2025-01-01", "2025-12-31")]
    public void DaysOf_Range_CountsFromToday(CallRange range, DayOfWeek first, string from, string to)
    {
        var days = CallRanges.DaysOf(range, new DateOnly(2026, 11, 18), first);

        Assert.Equal((from, to), ($"{days.From:yyyy-MM-dd}", $"{days.To:yyyy-MM-dd}"));
    }

    [Theory]
    [InlineData("SA", DayOfWeek.Sunday)]
    [InlineData("AE", DayOfWeek.Saturday)]
    [InlineData("IE", DayOfWeek.Monday)]
    [InlineData("", DayOfWeek.Monday)]
    public void FirstOf_Country_IsItsFirstWeekday(string country, DayOfWeek expected) => Assert.Equal(expected, Weekdays.FirstOf(country));

    private static Gen<string?> Maybe(Gen<string> texts) => Gen.OneOf(texts.Select(text => (string?)text), Gen.Constant<string?>(null));

    private static CallFilter ReadBack(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri($"https://portal/{address}").Query);
        return CallFilterText.Read(name => query.TryGetValue(name, out var values) ? values.LastOrDefault() : null);
    }
}
