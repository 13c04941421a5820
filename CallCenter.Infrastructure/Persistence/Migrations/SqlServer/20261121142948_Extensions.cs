using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.SqlServer
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
                type: "nvarchar(18)",
                maxLength: 18,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "SipPort",
                table: "ExtensionPlans",
                type: "int",
                nullable: false,
                defaultValue: 5060);

            migrationBuilder.AddColumn<int>(
                name: "SipTlsPort",
                table: "ExtensionPlans",
                type: "int",
                nullable: false,
                defaultValue: 5061);

            migrationBuilder.CreateTable(
                name: "ExtensionRuns",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PbxId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Total = table.Column<int>(type: "int", nullable: false),
                    StartedAtUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    StartedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    Removed = table.Column<int>(type: "int", nullable: false),
                    TakenBack = table.Column<int>(type: "int", nullable: false),
                    CancelledAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    FinishedAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExtensionRuns", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Extensions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PbxId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(18)", maxLength: 18, nullable: false),
                    Origin = table.Column<int>(type: "int", nullable: false),
                    AutoNumbered = table.Column<bool>(type: "bit", nullable: false),
                    Seen = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: true),
                    SeenAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    MissingSinceUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    State = table.Column<int>(type: "int", nullable: false),
                    Operation = table.Column<int>(type: "int", nullable: false),
                    Step = table.Column<int>(type: "int", nullable: false),
                    StepAtUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    NextAttemptAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ErrorCode = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: true),
                    ErrorHints = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    RunId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    SecretProtected = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: true),
                    VoicemailPinProtected = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: true),
                    NextSecretProtected = table.Column<string>(type: "nvarchar(512)", maxLength: 512, nullable: true),
                    SecretSinceUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    CreatedAtUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    CreatedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    RequestedBy = table.Column<string>(type: "nvarchar(256)", maxLength: 256, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false),
                    Wanted_CallerId = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Wanted_DoNotDisturb = table.Column<bool>(type: "bit", nullable: false),
                    Wanted_Email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    Wanted_Enabled = table.Column<bool>(type: "bit", nullable: false),
                    Wanted_ForwardAlways = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Wanted_ForwardBusy = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Wanted_ForwardNoAnswer = table.Column<string>(type: "nvarchar(32)", maxLength: 32, nullable: false),
                    Wanted_Name = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    Wanted_Permission = table.Column<int>(type: "int", nullable: false),
                    Wanted_Recording = table.Column<int>(type: "int", nullable: false),
                    Wanted_RingTimeoutSeconds = table.Column<int>(type: "int", nullable: true),
                    Wanted_Voicemail = table.Column<bool>(type: "bit", nullable: false),
                    Wanted_WebPhone = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Extensions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PbxApplies",
                columns: table => new
                {
                    PbxId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    DirtySinceUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SentAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    AppliedAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    NotBeforeUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    WaitingCode = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: true),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PbxApplies", x => x.PbxId);
                });

            migrationBuilder.CreateTable(
                name: "ExtensionPresences",
                columns: table => new
                {
                    ExtensionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Status = table.Column<int>(type: "int", nullable: false),
                    Address = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Model = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Locked = table.Column<bool>(type: "bit", nullable: false),
                    Kind = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    SinceUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    LastRegisteredAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ReadAtUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Flapping = table.Column<bool>(type: "bit", nullable: false)
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
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ExtensionId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FromUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SeenUntilUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    LostAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Address = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    Model = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false)
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
                unique: true,
                filter: "[UserId] IS NOT NULL");

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
