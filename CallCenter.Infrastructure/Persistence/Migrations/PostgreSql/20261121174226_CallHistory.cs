using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    internal partial class CallHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "HoldSeconds",
                table: "Calls",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "HungUpBy",
                table: "Calls",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Ivr",
                table: "Calls",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Path",
                table: "Calls",
                type: "character varying(400)",
                maxLength: 400,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Queue",
                table: "Calls",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "RingSeconds",
                table: "Calls",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RulesVersion",
                table: "Calls",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "TransferCount",
                table: "Calls",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "CallHolds",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    CallId = table.Column<Guid>(type: "uuid", nullable: false),
                    Reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ByUserId = table.Column<Guid>(type: "uuid", nullable: false),
                    ByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    AtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallHolds", x => new { x.TenantId, x.CallId });
                });

            migrationBuilder.CreateTable(
                name: "CallParticipants",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    CallId = table.Column<Guid>(type: "uuid", nullable: false),
                    Extension = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    StartedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Part = table.Column<int>(type: "integer", nullable: false),
                    Queue = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Offers = table.Column<int>(type: "integer", nullable: false),
                    RingSeconds = table.Column<int>(type: "integer", nullable: false),
                    TalkSeconds = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CallParticipants", x => new { x.TenantId, x.CallId, x.Extension });
                });

            migrationBuilder.CreateTable(
                name: "PbxGroups",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    PbxId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Members = table.Column<string>(type: "text", maxLength: -1, nullable: false),
                    SeenAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    TargetSeconds = table.Column<int>(type: "integer", nullable: false),
                    TargetPercent = table.Column<int>(type: "integer", nullable: false),
                    Rule = table.Column<int>(type: "integer", nullable: false),
                    ShortAbandonSeconds = table.Column<int>(type: "integer", nullable: false),
                    RecordingDays = table.Column<int>(type: "integer", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PbxGroups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Recordings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    PbxId = table.Column<Guid>(type: "uuid", nullable: false),
                    CallId = table.Column<Guid>(type: "uuid", nullable: false),
                    PbxName = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    StartedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    DurationSeconds = table.Column<int>(type: "integer", nullable: false),
                    SizeBytes = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    StoreKey = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    FileKey = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NextAttemptUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Failure = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    FoundAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    StoredAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DeletedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Recordings", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_RulesVersion",
                table: "Calls",
                columns: new[] { "TenantId", "RulesVersion" });

            migrationBuilder.CreateIndex(
                name: "IX_CallParticipants_TenantId_Extension_StartedAtUtc_CallId",
                table: "CallParticipants",
                columns: new[] { "TenantId", "Extension", "StartedAtUtc", "CallId" },
                descending: new[] { false, false, true, true });

            migrationBuilder.CreateIndex(
                name: "IX_PbxGroups_TenantId_PbxId_Kind_Number",
                table: "PbxGroups",
                columns: new[] { "TenantId", "PbxId", "Kind", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Recordings_TenantId_CallId",
                table: "Recordings",
                columns: new[] { "TenantId", "CallId" });

            migrationBuilder.CreateIndex(
                name: "IX_Recordings_TenantId_PbxId_PbxName",
                table: "Recordings",
                columns: new[] { "TenantId", "PbxId", "PbxName" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Recordings_TenantId_State_NextAttemptUtc",
                table: "Recordings",
                columns: new[] { "TenantId", "State", "NextAttemptUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Recordings_TenantId_State_StartedAtUtc",
                table: "Recordings",
                columns: new[] { "TenantId", "State", "StartedAtUtc" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CallHolds");

            migrationBuilder.DropTable(
                name: "CallParticipants");

            migrationBuilder.DropTable(
                name: "PbxGroups");

            migrationBuilder.DropTable(
                name: "Recordings");

            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_RulesVersion",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "HoldSeconds",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "HungUpBy",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "Ivr",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "Path",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "Queue",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "RingSeconds",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "RulesVersion",
                table: "Calls");

            migrationBuilder.DropColumn(
                name: "TransferCount",
                table: "Calls");
        }
    }
}
