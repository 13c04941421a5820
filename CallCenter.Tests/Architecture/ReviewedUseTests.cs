using System.Text.RegularExpressions;

namespace CallCenter.Tests.Architecture;

/// <summary>
/// Ways around the tenant filter and the check on save. Each file that takes one is listed with the test that shows that it
/// stays within its tenant; adding a line here is what a reviewer looks at.
/// </summary>
public sealed partial class ReviewedUseTests
{
    /// <summary>Lift the tenant filter by name.</summary>
    private static readonly Dictionary<string, string> LiftFilter = new(StringComparer.Ordinal)
    {
        ["CallCenter.Infrastructure/Audit/AuditLog.cs"] = "AuditChainTests.Read_OtherTenantsChain_ShowsNothingOfIt",
        ["CallCenter.Infrastructure/Audit/AuditWriter.cs"] = "AuditChainTests.Save_ManyWritersAtOnce_MakeOneWholeChain",
        ["CallCenter.Infrastructure/Calls/Sync/CallSyncReset.cs"] = "Runs at start, before any tenant: marks every interrupted run; CallSyncTests",
        ["CallCenter.Infrastructure/Identity/ExtensionHolders.cs"] = "ExtensionSignInTests.WithPassword_SameNumberInTwoTenants_IsNeverMistaken",
        ["CallCenter.Infrastructure/Devices/DeviceTaskJob.cs"] = "Lists tenants with open tasks, nothing of them; DeviceTaskTests.Job_TwoTenants_EachFollowsItsOwn",
        ["CallCenter.Infrastructure/Identity/SessionCheck.cs"] = "TenantPeopleTests.Disable_Person_LosesTheTenantAtOnceAndGetsItBack",
        ["CallCenter.Infrastructure/Identity/TenantPeople.cs"] = "TenantPeopleTests.ResetPassword_AccountThatOthersUse_IsRefused",
        ["CallCenter.Infrastructure/Settings/PbxDirectory.cs"] = "Lists tenants for jobs, no secrets; TenantSettingsTests",
        ["CallCenter.Infrastructure/Tenancy/TenantAdministration.cs"] = "TenantAdministrationTests.Everything_WithoutPlatformPermission_IsDenied",
        ["CallCenter.Infrastructure/Tenancy/TenantDirectory.cs"] = "TenantAdministrationTests.Create_TenantWithNewOwner_OpensForTheOwnerOnly",
    };

    /// <summary>Write or read with SQL of their own.</summary>
    private static readonly Dictionary<string, string> RawSql = new(StringComparer.Ordinal)
    {
        ["CallCenter.Infrastructure/Audit/AuditAppendOnly.cs"] = "AuditChainTests.Trigger_ChangeByHand_IsRefused",
        ["CallCenter.Infrastructure/Audit/AuditWriter.cs"] = "AuditChainTests",
        ["CallCenter.Infrastructure/Calls/PostgreSqlCallBulkWriter.cs"] = "CallWriterTests",
        ["CallCenter.Infrastructure/Calls/SqlServerCallBulkWriter.cs"] = "CallBulkTextTests",
        ["CallCenter.Infrastructure/Figures/FigureStore.cs"] = "FigureReaderTests.Read_OtherTenantsCalls_AreNotCounted",
        ["CallCenter.Infrastructure/Operations/DatabaseMaintenance.cs"] = "DatabaseMaintenanceTests.ReadClockAsync_IsUtcAndNow",
    };

    /// <summary>Change rows without loading them, past the check on save; global rows need no more than their own test.</summary>
    private static readonly Dictionary<string, string> SetBased = new(StringComparer.Ordinal)
    {
        ["CallCenter.Infrastructure/Audit/AuditWriter.cs"] = "AuditChainTests",
        ["CallCenter.Infrastructure/Calls/CallRebuild.cs"] = "CallRebuildTests.RunAsync_CallsOfOlderRules_AreAsIfWrittenToday",
        ["CallCenter.Infrastructure/Calls/Push/CdrPushReceiver.cs"] = "CdrPushTests.Receive_RightSecret_StoresTheLegsOfThatTenantOnly",
        ["CallCenter.Infrastructure/Calls/CallWriter.cs"] = "CallWriterTests",
        ["CallCenter.Infrastructure/Calls/Sync/CallSyncReset.cs"] = "CallSyncTests",
        ["CallCenter.Infrastructure/Extensions/BulkRuns.cs"] = "BulkRunTests.Cancel_InTheMiddleOfCreating_SumHoldsAndPbxEqualsPortal, BulkRunTests.Everything_OtherTenantOrWithoutPermission_IsClosed",
        ["CallCenter.Infrastructure/Figures/FigureRecount.cs"] = "FigureRecountTests.Recount_OfOneTenant_LeavesTheOthersSums",
        ["CallCenter.Infrastructure/Identity/AccountAttempts.cs"] = "SignInTests, MyAccountTests",
        ["CallCenter.Infrastructure/Extensions/Truth/ExtensionComparison.cs"] = "ExtensionComparisonTests.Everything_OfAnotherTenant_StaysAsItIs",
        ["CallCenter.Infrastructure/Extensions/Truth/ExtensionReader.cs"] = "ExtensionComparisonTests.Everything_OfAnotherTenant_StaysAsItIs",
        ["CallCenter.Infrastructure/Extensions/Truth/ExtensionStateWriter.cs"] = "ExtensionStatesTests.Job_TwoTenants_TouchesEachOwnRowsOnly",
        ["CallCenter.Infrastructure/Clients/ClientMatching.cs"] = "ClientMatchingTests.Run_OtherTenantsChanges_Stay",
        ["CallCenter.Infrastructure/Identity/MyAccount.cs"] = "MyAccountTests.SetLanguage_OnlyKnownOnes_AreKept",
        ["CallCenter.Infrastructure/Identity/SignInService.cs"] = "SignInTests",
        ["CallCenter.Infrastructure/Exports/ExportAttempt.cs"] = "Through the tenant filter; ExportServiceTests.Exports_OfTwoTenants_TouchEachOwnRowsOnly",
        ["CallCenter.Infrastructure/Exports/ExportJob.cs"] = "ExportServiceTests.Exports_OfTwoTenants_TouchEachOwnRowsOnly",
        ["CallCenter.Infrastructure/Exports/ExportService.cs"] = "ExportServiceTests.OtherTenants_Export_IsNotFoundAndHoldsTheirCallsOnly",
        ["CallCenter.Infrastructure/Jobs/Leases.cs"] = "LeasesTests",
        ["CallCenter.Infrastructure/Mail/MailSender.cs"] = "Through the tenant filter; ScheduleMailTests.Mails_OfTwoTenants_GoThroughEachOwnServer",
        ["CallCenter.Infrastructure/Mail/MailSettings.cs"] = "Through the tenant filter; ScheduleMailTests.SendAgain_WhatWasGivenUp_GoesAsItIsNowAndOnlyForItsOwnTenant",
        ["CallCenter.Infrastructure/Schedules/ScheduleFinisher.cs"] = "Through the tenant filter; ScheduleTests.OtherTenants_Schedule_IsNotFoundAndNotRun",
        ["CallCenter.Infrastructure/Schedules/ScheduleJob.cs"] = "Through the tenant filter; ScheduleTests.OtherTenants_Schedule_IsNotFoundAndNotRun",
        ["CallCenter.Infrastructure/Recordings/RecordingService.cs"] = "RecordingServiceTests.Everything_OfAnotherTenant_IsNotFound",
        ["CallCenter.Infrastructure/Recordings/RecordingFollower.cs"] = "RecordingFollowerTests.Write_SameNamesOfAnotherTenant_LeavesItsRowsAlone",
        ["CallCenter.Infrastructure/Recordings/Pauses/PauseLinker.cs"] = "Through the tenant filter; RecordingPauseTests.OtherTenant_SameExtension_KeepsItsMarks",
        ["CallCenter.Infrastructure/Recordings/Pauses/RecordingPauseFollower.cs"] = "Through the tenant filter; RecordingPauseTests.OtherTenant_SameExtension_KeepsItsMarks",
        ["CallCenter.Infrastructure/Recordings/Retention/HoldFollower.cs"] = "RetentionTests.Write_CallsJoined_TakeTheHoldAlong",
        ["CallCenter.Infrastructure/Recordings/Retention/RecordingRemoval.cs"] = "RetentionTests.OtherTenant_ItsRecordingsHoldsAndRuns_AreOutOfReach",
        ["CallCenter.Infrastructure/Erasure/FigureErasure.cs"] = "ErasureTests.OtherTenant_SameNumber_KeepsItAndSeesNothing",
        ["CallCenter.Infrastructure/Work/CallWorkFollower.cs"] = "CallWorkFollowerTests.Write_OtherTenantsCalls_LeaveTheseAlone",
        ["CallCenter.Infrastructure/Worklist/WorklistMaker.cs"] = "WorklistTests.Everything_OfAnotherTenant_StaysAsItIs",
        ["CallCenter.Infrastructure/Worklist/WorklistService.cs"] = "WorklistTests.Everything_OfAnotherTenant_StaysAsItIs",
        ["CallCenter.Infrastructure/Work/CallWriting.cs"] = "CallWorkTests.Everything_OnAnotherTenantsCall_IsNotFound",
    };

    [Fact]
    public void TenantFilter_IsLiftedInReviewedFilesOnly() => AssertListed(LiftFilterPattern(), LiftFilter);

    [Fact]
    public void RawSql_IsUsedInReviewedFilesOnly() => AssertListed(RawSqlPattern(), RawSql);

    [Fact]
    public void SetBasedWrites_AreUsedInReviewedFilesOnly() => AssertListed(SetBasedPattern(), SetBased);

    [Fact]
    public void Pragmas_AreNotUsed() =>
        Assert.Empty(Sources.Shipped().Where(file => file.Text.Contains("#pragma", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void Filters_AreLiftedByNameOnly()
    {
        var nameless = Sources.Shipped().Where(file => NamelessLiftPattern().IsMatch(file.Text)).Select(file => file.Path);

        Assert.Empty(nameless);
    }

    [GeneratedRegex(@"\bIgnoreQueryFilters\b")]
    private static partial Regex LiftFilterPattern();

    [GeneratedRegex(@"\bIgnoreQueryFilters\s*\(\s*\)")]
    private static partial Regex NamelessLiftPattern();

    [GeneratedRegex(@"\b(FromSql\w*|ExecuteSql\w*|SqlQuery\w*|migrationBuilder\.Sql|CreateCommand)\s*[<(]")]
    private static partial Regex RawSqlPattern();

    [GeneratedRegex(@"\bExecute(Update|Delete)(Async)?\b")]
    private static partial Regex SetBasedPattern();

    private static void AssertListed(Regex pattern, Dictionary<string, string> reviewed)
    {
        var found = Sources.Shipped().Where(file => pattern.IsMatch(file.Text)).Select(file => file.Path).Order(StringComparer.Ordinal);

        Assert.Equal(reviewed.Keys.Order(StringComparer.Ordinal), found);
    }
}
