using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    internal partial class Softphone : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "PhoneCalls",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserName = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    ClientId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Extension = table.Column<string>(type: "character varying(18)", maxLength: 18, nullable: false),
                    PbxId = table.Column<Guid>(type: "uuid", nullable: false),
                    SipCallId = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    Direction = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    E164 = table.Column<long>(type: "bigint", nullable: false),
                    FirstNumber = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    StartedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    FirstSeenAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    SeenLive = table.Column<bool>(type: "boolean", nullable: false),
                    LastSeenAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AnsweredAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EndedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    EndedBy = table.Column<int>(type: "integer", nullable: true),
                    Cause = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    SipCode = table.Column<int>(type: "integer", nullable: true),
                    MosAverage = table.Column<double>(type: "double precision", nullable: true),
                    MosLowest = table.Column<double>(type: "double precision", nullable: true),
                    LossPercent = table.Column<double>(type: "double precision", nullable: true),
                    JitterMilliseconds = table.Column<double>(type: "double precision", nullable: true),
                    RoundTripMilliseconds = table.Column<double>(type: "double precision", nullable: true),
                    QualitySamples = table.Column<int>(type: "integer", nullable: false),
                    CallId = table.Column<Guid>(type: "uuid", nullable: true),
                    Note = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    DispositionId = table.Column<Guid>(type: "uuid", nullable: true),
                    WorkAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    NoteId = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PhoneCalls", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PhoneFavourites",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    UserId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PhoneFavourites", x => new { x.TenantId, x.UserId, x.Number });
                });

            migrationBuilder.CreateTable(
                name: "PhoneSettings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    WebSocketUrl = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    SipDomain = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Realm = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    StunServers = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    TurnServers = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    TurnSecretProtected = table.Column<string>(type: "character varying(1024)", maxLength: 1024, nullable: false),
                    TurnMinutes = table.Column<int>(type: "integer", nullable: false),
                    Codecs = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    AutoAnswer = table.Column<int>(type: "integer", nullable: false),
                    DndAllowed = table.Column<bool>(type: "boolean", nullable: false),
                    Ringtone = table.Column<int>(type: "integer", nullable: false),
                    Dtmf = table.Column<int>(type: "integer", nullable: false),
                    ParkNumber = table.Column<string>(type: "character varying(18)", maxLength: 18, nullable: false),
                    ConferenceNumber = table.Column<string>(type: "character varying(18)", maxLength: 18, nullable: false),
                    MaxCalls = table.Column<int>(type: "integer", nullable: false),
                    MediaTimeoutSeconds = table.Column<int>(type: "integer", nullable: false),
                    RegisterSeconds = table.Column<int>(type: "integer", nullable: false),
                    Version = table.Column<int>(type: "integer", nullable: false),
                    ChangedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ChangedBy = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PhoneSettings", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PhoneCalls_TenantId_CallId",
                table: "PhoneCalls",
                columns: new[] { "TenantId", "CallId" });

            migrationBuilder.CreateIndex(
                name: "IX_PhoneCalls_TenantId_StartedAtUtc",
                table: "PhoneCalls",
                columns: new[] { "TenantId", "StartedAtUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_PhoneCalls_TenantId_UserId_ClientId",
                table: "PhoneCalls",
                columns: new[] { "TenantId", "UserId", "ClientId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PhoneSettings_TenantId",
                table: "PhoneSettings",
                column: "TenantId",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PhoneCalls");

            migrationBuilder.DropTable(
                name: "PhoneFavourites");

            migrationBuilder.DropTable(
                name: "PhoneSettings");
        }
    }
}
