using System.Globalization;
using System.Text;
using CallCenter.Core.Calls;
using CallCenter.Core.Files;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Calls;

public sealed class CallImportTests : IAsyncLifetime
{
    // 12:00 UTC on 1 July 2026; Dublin's wall shows 13:00.
    private const long Epoch = 1782907200;

    private IntakeHost _host = null!;

    public async Task InitializeAsync() => _host = await IntakeHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Master_InboundThroughAQueue_IsOneCall()
    {
        const string file =
            """"
            "","+31612345678","s","from-pstn","""Jan"" <+31612345678>","PJSIP/pstn-00000024","PJSIP/2001-00000025","Queue","sales,t,,,300","2026-07-01 13:00:00","2026-07-01 13:00:00","2026-07-01 13:00:08",8,8,"NO ANSWER","DOCUMENTATION","1782907200.62",""
            "","+31612345678","s","from-pstn","""Jan"" <+31612345678>","PJSIP/pstn-00000024","PJSIP/2002-00000026","Queue","sales,t,,,300","2026-07-01 13:00:10","2026-07-01 13:00:10","2026-07-01 13:01:10",60,60,"ANSWERED","DOCUMENTATION","1782907200.62",""
            "","2001","2002","internal","""Ana"" <2001>","PJSIP/2001-00000032","PJSIP/2002-00000033","Dial","PJSIP/2002,20","2026-07-01 14:00:00","2026-07-01 14:00:03","2026-07-01 14:00:33",33,30,"ANSWERED","DOCUMENTATION","1782910800.66",""
            """";

        var preview = (await PreviewAsync(file)).Value;
        var report = (await RunAsync(file)).Value;

        Assert.Equal((CallImportFormat.AsteriskMaster, 3L, 0L, true), (preview.Format, preview.Rows, preview.RefusedCount, preview.ZoneFits));
        Assert.Equal([TimeSpan.FromHours(1)], preview.Offsets);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(Epoch), preview.FirstUtc);
        Assert.Equal((3L, 3L, 0L, 2L), (report.Rows, report.Added, report.Known, report.CallsAdded));
        var calls = await _host.CallsAsync();
        Assert.Equal(
            [("+31612345678", "2002", CallDirection.Inbound, "sales", "Qsales R2001 A2002", "pstn"), ("2001", "2002", CallDirection.Internal, "", "A2002", "")],
            calls.Select(c => (c.FromNumber, c.AnsweredBy, c.Direction, c.Queue, c.Path, c.Trunk)));
        Assert.Equal("Jan", calls[0].FromName);
    }

    [Fact]
    public async Task Run_SameFileAgain_ChangesNothing()
    {
        var file = Lines(50);
        await RunAsync(file);
        var before = await _host.CallsAsync();

        var again = (await RunAsync(file)).Value;

        Assert.Equal((50L, 0L, 50L, 0L, 0L), (again.Rows, again.Added, again.Known, again.CallsAdded, again.CallsChanged));
        Assert.Equivalent(before, await _host.CallsAsync(), strict: true);
    }

    [Fact]
    public async Task Export_WithHeader_ReadsColumnsByNameAndRefusesBadLines()
    {
        const string file =
            """"
            AcctId,src,dst,start,answer,end,duration,billsec,disposition,uniqueid,userfield,channel_ext,dstchannel_ext,dstchannel,dstanswer,session,action_type,src_trunk_name,recordfiles
            7,5550100,1002,2026-07-01 13:00:00,2026-07-01 13:00:05,2026-07-01 13:01:00,60,55,ANSWERED,1782907200.1,Inbound,trunk_1,1002,PJSIP/1002-1,1002,17829072001-5550100,DIAL,ITSP-A,2026-07/auto-1782907200-5550100-1002.wav@
            8,5550101
            9,5550102,1002,never,,,0,0,FAILED,,Inbound,,,,,,DIAL,,
            10,"5550103,1002,2026-07-01 15:00:00

            11,5550104,1003,2026-07-01 16:00:00,,,12,0,NO ANSWER,1782918000.9,Inbound,trunk_1,1003,PJSIP/1003-2,,17829180001-5550104,DIAL,ITSP-A,
            """";

        var report = (await RunAsync(file)).Value;

        Assert.Equal((2L, 3L), (report.Added, report.RefusedCount));
        Assert.Equal([(3L, CallImportErrors.Columns.Code), (4L, CallImportErrors.Start.Code), (5L, CsvErrors.Quote.Code)], report.Refused.Select(r => (r.Line, r.Reason.Code)));
        var calls = await _host.CallsAsync();
        Assert.Equal([(CallOutcome.Answered, true), (CallOutcome.NoAnswer, false)], calls.Select(c => (c.Outcome, c.HasRecording)));
    }

    [Fact]
    public async Task Preview_IdsThatContradictTheZone_SayWhichIsUsed()
    {
        var preview = (await PreviewAsync(Lines(5), "Asia/Riyadh")).Value;

        Assert.False(preview.ZoneFits);
        Assert.Equal([TimeSpan.FromHours(1)], preview.Offsets);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(Epoch), preview.FirstUtc);
    }

    [Fact]
    public async Task Preview_WithoutIds_TheZoneDecides()
    {
        var file = Lines(3, withIds: false);

        Assert.Equal(new DateTime(2026, 7, 1, 10, 0, 0, DateTimeKind.Utc), (await PreviewAsync(file, "Asia/Riyadh")).Value.FirstUtc);
        Assert.Equal(new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc), (await PreviewAsync(file)).Value.FirstUtc);
        Assert.Empty(await _host.CallsAsync());
    }

    [Theory]
    [InlineData("", "calls.import_empty")]
    [InlineData("\n\n", "calls.import_empty")]
    [InlineData("hello,world", "calls.import_unknown_format")]
    [InlineData("\u0089PNG\r\n", "calls.import_unknown_format")]
    public async Task Preview_NoSuchFile_SaysWhy(string file, string code) => Assert.Equal(code, (await PreviewAsync(file)).Error!.Code);

    [Fact]
    public async Task Run_Cancelled_KeepsWhatWasStoredAndSaysSo()
    {
        using var cancel = new CancellationTokenSource();
        await using var stream = Open(Lines(6_000));

        var report = (await _host.WithAsync<ICallImport, Result<CallImportReport>>(import => import.RunAsync(stream, "Europe/Dublin", progress =>
        {
            Assert.InRange(progress.Fraction, 0.01, 1);
            cancel.Cancel();
        }, cancel.Token))).Value;

        Assert.True(report.Cancelled);
        Assert.Equal((2_000L, 2_000L), (report.Rows, report.Added));
        Assert.Equal(2_000, (await _host.CallsAsync()).Count);
    }

    [Fact]
    public async Task Run_LegThatTheSyncStored_StaysAsItIs()
    {
        var row = Lines(1);
        await RunAsync(row);
        await using (var db = await _host.OpenAsync())
        {
            await db.Set<CallLeg>().ExecuteUpdateAsync(set => set.SetProperty(leg => leg.RecordingFiles, "2026-07/a.wav").SetProperty(leg => leg.ContentHash, 1));
        }

        Assert.Equal(0, (await RunAsync(row)).Value.Added);

        await using var after = await _host.OpenAsync();
        Assert.Equal("2026-07/a.wav", (await after.Set<CallLeg>().SingleAsync()).RecordingFiles);
    }

    [Fact]
    public async Task Everything_OtherTenantOrWithoutPermission_IsClosed()
    {
        await RunAsync(Lines(2));

        Assert.Empty(await _host.CallsAsync(_host.Other));
        Assert.Equal(AccessErrors.Denied, (await PreviewAsync(Lines(1), role: TenantRole.Agent)).Error);
        Assert.Equal(AccessErrors.Denied, (await RunAsync(Lines(1), role: TenantRole.Agent)).Error);
        await using var db = await _host.OpenAsync();
        var entry = await db.Set<Core.Audit.AuditEntry>().SingleAsync(e => e.Action == CallAuditActions.Imported);
        Assert.Contains("2", entry.After, StringComparison.Ordinal);
    }

    private static string Lines(int count, bool withIds = true) => string.Join("\r\n", Enumerable.Range(0, count).Select(i =>
    {
        var start = new DateTime(2026, 7, 1, 13, 0, 0).AddSeconds(i * 60);
        var id = withIds ? FormattableString.Invariant($"{Epoch + (i * 60)}.{i}") : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"\"\",\"2001\",\"2002\",\"internal\",\"\"\"Ana\"\" <2001>\",\"PJSIP/2001-{i:x8}\",\"PJSIP/2002-{i:x8}\",\"Dial\",\"PJSIP/2002,20\",\"{start:yyyy-MM-dd HH:mm:ss}\",\"{start.AddSeconds(3):yyyy-MM-dd HH:mm:ss}\",\"{start.AddSeconds(33):yyyy-MM-dd HH:mm:ss}\",33,30,\"ANSWERED\",\"DOCUMENTATION\",\"{id}\",\"\"");
    }));

    private static MemoryStream Open(string text) => new(Encoding.UTF8.GetBytes(text));

    private async Task<Result<CallImportPreview>> PreviewAsync(string text, string zone = "Europe/Dublin", TenantRole role = TenantRole.Owner)
    {
        await using var stream = Open(text);
        return await _host.WithAsync<ICallImport, Result<CallImportPreview>>(import => import.PreviewAsync(stream, zone), role);
    }

    private async Task<Result<CallImportReport>> RunAsync(string text, TenantRole role = TenantRole.Owner)
    {
        await using var stream = Open(text);
        return await _host.WithAsync<ICallImport, Result<CallImportReport>>(import => import.RunAsync(stream, "Europe/Dublin"), role);
    }
}
