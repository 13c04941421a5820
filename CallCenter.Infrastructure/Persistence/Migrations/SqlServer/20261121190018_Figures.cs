using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    internal partial class Figures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "FigureAgentDays",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Day = table.Column<int>(type: "int", nullable: false),
                    SliceId = table.Column<long>(type: "bigint", nullable: false),
                    Answered = table.Column<int>(type: "int", nullable: false),
                    Calls = table.Column<int>(type: "int", nullable: false),
                    Missed = table.Column<int>(type: "int", nullable: false),
                    Offers = table.Column<int>(type: "int", nullable: false),
                    Placed = table.Column<int>(type: "int", nullable: false),
                    Rang = table.Column<int>(type: "int", nullable: false),
                    RingSeconds = table.Column<int>(type: "int", nullable: false),
                    TalkSeconds = table.Column<int>(type: "int", nullable: false),
                    Transferred = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureAgentDays", x => new { x.TenantId, x.Day, x.SliceId });
                });

            migrationBuilder.CreateTable(
                name: "FigureDays",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Day = table.Column<int>(type: "int", nullable: false),
                    SliceId = table.Column<long>(type: "bigint", nullable: false),
                    Abandoned = table.Column<int>(type: "int", nullable: false),
                    Answered = table.Column<int>(type: "int", nullable: false),
                    AnsweredWaitSeconds = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin10 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin120 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin15 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin180 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin20 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin30 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin300 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin45 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin60 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin90 = table.Column<int>(type: "int", nullable: false),
                    Blocked = table.Column<int>(type: "int", nullable: false),
                    Busy = table.Column<int>(type: "int", nullable: false),
                    Failed = table.Column<int>(type: "int", nullable: false),
                    HoldSeconds = table.Column<int>(type: "int", nullable: false),
                    LostWaitSeconds = table.Column<int>(type: "int", nullable: false),
                    LostWithin10 = table.Column<int>(type: "int", nullable: false),
                    LostWithin120 = table.Column<int>(type: "int", nullable: false),
                    LostWithin15 = table.Column<int>(type: "int", nullable: false),
                    LostWithin180 = table.Column<int>(type: "int", nullable: false),
                    LostWithin2 = table.Column<int>(type: "int", nullable: false),
                    LostWithin20 = table.Column<int>(type: "int", nullable: false),
                    LostWithin30 = table.Column<int>(type: "int", nullable: false),
                    LostWithin300 = table.Column<int>(type: "int", nullable: false),
                    LostWithin4 = table.Column<int>(type: "int", nullable: false),
                    LostWithin45 = table.Column<int>(type: "int", nullable: false),
                    LostWithin60 = table.Column<int>(type: "int", nullable: false),
                    LostWithin9 = table.Column<int>(type: "int", nullable: false),
                    LostWithin90 = table.Column<int>(type: "int", nullable: false),
                    NoAnswer = table.Column<int>(type: "int", nullable: false),
                    OutWithin10 = table.Column<int>(type: "int", nullable: false),
                    OutWithin120 = table.Column<int>(type: "int", nullable: false),
                    OutWithin15 = table.Column<int>(type: "int", nullable: false),
                    OutWithin180 = table.Column<int>(type: "int", nullable: false),
                    OutWithin20 = table.Column<int>(type: "int", nullable: false),
                    OutWithin30 = table.Column<int>(type: "int", nullable: false),
                    OutWithin300 = table.Column<int>(type: "int", nullable: false),
                    OutWithin45 = table.Column<int>(type: "int", nullable: false),
                    OutWithin60 = table.Column<int>(type: "int", nullable: false),
                    OutWithin90 = table.Column<int>(type: "int", nullable: false),
                    RingSeconds = table.Column<int>(type: "int", nullable: false),
                    TalkSeconds = table.Column<int>(type: "int", nullable: false),
                    TransferredCalls = table.Column<int>(type: "int", nullable: false),
                    Voicemail = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureDays", x => new { x.TenantId, x.Kind, x.Day, x.SliceId });
                });

            migrationBuilder.CreateTable(
                name: "FigureDifferences",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PbxId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Day = table.Column<DateOnly>(type: "date", nullable: false),
                    FoundAtUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Rows = table.Column<int>(type: "int", nullable: false),
                    CallsKept = table.Column<long>(type: "bigint", nullable: false),
                    CallsCounted = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureDifferences", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FigureQuarters",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Quarter = table.Column<int>(type: "int", nullable: false),
                    SliceId = table.Column<long>(type: "bigint", nullable: false),
                    LongestWaitSeconds = table.Column<int>(type: "int", nullable: false),
                    Abandoned = table.Column<int>(type: "int", nullable: false),
                    Answered = table.Column<int>(type: "int", nullable: false),
                    AnsweredWaitSeconds = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin10 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin120 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin15 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin180 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin20 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin30 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin300 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin45 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin60 = table.Column<int>(type: "int", nullable: false),
                    AnsweredWithin90 = table.Column<int>(type: "int", nullable: false),
                    Blocked = table.Column<int>(type: "int", nullable: false),
                    Busy = table.Column<int>(type: "int", nullable: false),
                    Failed = table.Column<int>(type: "int", nullable: false),
                    HoldSeconds = table.Column<int>(type: "int", nullable: false),
                    LostWaitSeconds = table.Column<int>(type: "int", nullable: false),
                    LostWithin10 = table.Column<int>(type: "int", nullable: false),
                    LostWithin120 = table.Column<int>(type: "int", nullable: false),
                    LostWithin15 = table.Column<int>(type: "int", nullable: false),
                    LostWithin180 = table.Column<int>(type: "int", nullable: false),
                    LostWithin2 = table.Column<int>(type: "int", nullable: false),
                    LostWithin20 = table.Column<int>(type: "int", nullable: false),
                    LostWithin30 = table.Column<int>(type: "int", nullable: false),
                    LostWithin300 = table.Column<int>(type: "int", nullable: false),
                    LostWithin4 = table.Column<int>(type: "int", nullable: false),
                    LostWithin45 = table.Column<int>(type: "int", nullable: false),
                    LostWithin60 = table.Column<int>(type: "int", nullable: false),
                    LostWithin9 = table.Column<int>(type: "int", nullable: false),
                    LostWithin90 = table.Column<int>(type: "int", nullable: false),
                    NoAnswer = table.Column<int>(type: "int", nullable: false),
                    OutWithin10 = table.Column<int>(type: "int", nullable: false),
                    OutWithin120 = table.Column<int>(type: "int", nullable: false),
                    OutWithin15 = table.Column<int>(type: "int", nullable: false),
                    OutWithin180 = table.Column<int>(type: "int", nullable: false),
                    OutWithin20 = table.Column<int>(type: "int", nullable: false),
                    OutWithin30 = table.Column<int>(type: "int", nullable: false),
                    OutWithin300 = table.Column<int>(type: "int", nullable: false),
                    OutWithin45 = table.Column<int>(type: "int", nullable: false),
                    OutWithin60 = table.Column<int>(type: "int", nullable: false),
                    OutWithin90 = table.Column<int>(type: "int", nullable: false),
                    RingSeconds = table.Column<int>(type: "int", nullable: false),
                    TalkSeconds = table.Column<int>(type: "int", nullable: false),
                    TransferredCalls = table.Column<int>(type: "int", nullable: false),
                    Voicemail = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureQuarters", x => new { x.TenantId, x.Quarter, x.SliceId });
                });

            migrationBuilder.CreateTable(
                name: "FigureSlices",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Id = table.Column<long>(type: "bigint", nullable: false),
                    PbxId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Direction = table.Column<int>(type: "int", nullable: false),
                    Offered = table.Column<bool>(type: "bit", nullable: false),
                    Queue = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    RingGroup = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Value = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureSlices", x => new { x.TenantId, x.Id });
                });

            migrationBuilder.CreateTable(
                name: "FigureStates",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TimeZoneId = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    FillDay = table.Column<DateOnly>(type: "date", nullable: true),
                    ProvedOn = table.Column<DateOnly>(type: "date", nullable: true),
                    OlderDay = table.Column<DateOnly>(type: "date", nullable: true),
                    ProvedAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ProvedDays = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FigureStates", x => x.TenantId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_FigureDifferences_TenantId_FoundAtUtc",
                table: "FigureDifferences",
                columns: new[] { "TenantId", "FoundAtUtc" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FigureAgentDays");

            migrationBuilder.DropTable(
                name: "FigureDays");

            migrationBuilder.DropTable(
                name: "FigureDifferences");

            migrationBuilder.DropTable(
                name: "FigureQuarters");

            migrationBuilder.DropTable(
                name: "FigureSlices");

            migrationBuilder.DropTable(
                name: "FigureStates");
        }
    }
}
