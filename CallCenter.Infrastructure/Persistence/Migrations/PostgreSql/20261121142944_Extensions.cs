using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    internal partial class Extensions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "EchoNumber",
                table: "ExtensionPlans",
                type: "character varying(18)",
                maxLength: 18,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "SipPort",
                table: "ExtensionPlans",
                type: "integer",
                nullable: false,
                defaultValue: 5060);

            migrationBuilder.AddColumn<int>(
                name: "SipTlsPort",
                table: "ExtensionPlans",
                type: "integer",
                nullable: false,
                defaultValue: 5061);

            migrationBuilder.CreateTable(
                name: "ExtensionRuns",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    PbxId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Total = table.Column<int>(type: "integer", nullable: false),
                    StartedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    StartedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    Removed = table.Column<int>(type: "integer", nullable: false),
                    TakenBack = table.Column<int>(type: "integer", nullable: false),
                    CancelledAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    FinishedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExtensionRuns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Extensions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    PbxId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(18)", maxLength: 18, nullable: false),
                    Origin = table.Column<int>(type: "integer", nullable: false),
                    AutoNumbered = table.Column<bool>(type: "boolean", nullable: false),
                    Seen = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    SeenAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    MissingSinceUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Operation = table.Column<int>(type: "integer", nullable: false),
                    Step = table.Column<int>(type: "integer", nullable: false),
                    StepAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    NextAttemptAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ErrorCode = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    ErrorHints = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    RunId = table.Column<Guid>(type: "uuid", nullable: true),
                    UserId = table.Column<Guid>(type: "uuid", nullable: true),
                    SecretProtected = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true),
                    VoicemailPinProtected = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true),
                    NextSecretProtected = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true),
                    SecretSinceUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CreatedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    RequestedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Wanted_CallerId = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Wanted_DoNotDisturb = table.Column<bool>(type: "boolean", nullable: false),
                    Wanted_Email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    Wanted_Enabled = table.Column<bool>(type: "boolean", nullable: false),
                    Wanted_ForwardAlways = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Wanted_ForwardBusy = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Wanted_ForwardNoAnswer = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Wanted_Name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Wanted_Permission = table.Column<int>(type: "integer", nullable: false),
                    Wanted_Recording = table.Column<int>(type: "integer", nullable: false),
                    Wanted_RingTimeoutSeconds = table.Column<int>(type: "integer", nullable: true),
                    Wanted_Voicemail = table.Column<bool>(type: "boolean", nullable: false),
                    Wanted_WebPhone = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Extensions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PbxApplies",
                columns: table => new
                {
                    PbxId = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    DirtySinceUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SentAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AppliedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    NotBeforeUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    WaitingCode = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PbxApplies", x => x.PbxId);
                });

            migrationBuilder.CreateTable(
                name: "ExtensionPresences",
                columns: table => new
                {
                    ExtensionId = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Status = table.Column<int>(type: "integer", nullable: false),
                    Address = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Model = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Locked = table.Column<bool>(type: "boolean", nullable: false),
                    Kind = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    SinceUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LastRegisteredAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ReadAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Flapping = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExtensionPresences", x => x.ExtensionId);
                    table.ForeignKey(
                        name: "FK_ExtensionPresences_Extensions_ExtensionId",
                        column: x => x.ExtensionId,
                        principalTable: "Extensions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "RegistrationSpans",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    ExtensionId = table.Column<Guid>(type: "uuid", nullable: false),
                    FromUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SeenUntilUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    LostAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Address = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Model = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RegistrationSpans", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RegistrationSpans_Extensions_ExtensionId",
                        column: x => x.ExtensionId,
                        principalTable: "Extensions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ExtensionRuns_TenantId_StartedAtUtc",
                table: "ExtensionRuns",
                columns: new[] { "TenantId", "StartedAtUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_Extensions_TenantId_PbxId_Number",
                table: "Extensions",
                columns: new[] { "TenantId", "PbxId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Extensions_TenantId_PbxId_State",
                table: "Extensions",
                columns: new[] { "TenantId", "PbxId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_Extensions_TenantId_RunId",
                table: "Extensions",
                columns: new[] { "TenantId", "RunId" });

            migrationBuilder.CreateIndex(
                name: "IX_Extensions_TenantId_UserId",
                table: "Extensions",
                columns: new[] { "TenantId", "UserId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_RegistrationSpans_ExtensionId",
                table: "RegistrationSpans",
                column: "ExtensionId");

            migrationBuilder.CreateIndex(
                name: "IX_RegistrationSpans_TenantId_ExtensionId_FromUtc",
                table: "RegistrationSpans",
                columns: new[] { "TenantId", "ExtensionId", "FromUtc" },
                descending: new[] { false, false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ExtensionPresences");

            migrationBuilder.DropTable(
                name: "ExtensionRuns");

            migrationBuilder.DropTable(
                name: "PbxApplies");

            migrationBuilder.DropTable(
                name: "RegistrationSpans");

            migrationBuilder.DropTable(
                name: "Extensions");

            migrationBuilder.DropColumn(
                name: "EchoNumber",
                table: "ExtensionPlans");

            migrationBuilder.DropColumn(
                name: "SipPort",
                table: "ExtensionPlans");

            migrationBuilder.DropColumn(
                name: "SipTlsPort",
                table: "ExtensionPlans");
        }
    }
}
