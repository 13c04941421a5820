using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    internal partial class Erasure : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ErasedNumbers",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Whole = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    WholeLength = table.Column<int>(type: "integer", nullable: false),
                    National = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    NationalLength = table.Column<int>(type: "integer", nullable: false),
                    UpToUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ErasedNumbers", x => new { x.TenantId, x.Whole });
                });

            migrationBuilder.CreateTable(
                name: "ErasureHeldCalls",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    ErasureId = table.Column<Guid>(type: "uuid", nullable: false),
                    CallId = table.Column<Guid>(type: "uuid", nullable: false),
                    CallStartedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    ErasedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ErasureHeldCalls", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ErasureKeys",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    KeyProtected = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ErasureKeys", x => x.TenantId);
                });

            migrationBuilder.CreateTable(
                name: "Erasures",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    TenantId = table.Column<Guid>(type: "uuid", nullable: false),
                    Fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    NumberProtected = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    ByUserId = table.Column<Guid>(type: "uuid", nullable: false),
                    ByName = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    RequestedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CallsDoneAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    FinishedAtUtc = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Step = table.Column<int>(type: "integer", nullable: false),
                    CallsOf = table.Column<int>(type: "integer", nullable: false),
                    Counts = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Failure = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    Seal = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Erasures", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ErasureHeldCalls_TenantId_CallId",
                table: "ErasureHeldCalls",
                columns: new[] { "TenantId", "CallId" });

            migrationBuilder.CreateIndex(
                name: "IX_ErasureHeldCalls_TenantId_ErasedAtUtc",
                table: "ErasureHeldCalls",
                columns: new[] { "TenantId", "ErasedAtUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_ErasureHeldCalls_TenantId_ErasureId_CallId",
                table: "ErasureHeldCalls",
                columns: new[] { "TenantId", "ErasureId", "CallId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Erasures_TenantId_State",
                table: "Erasures",
                columns: new[] { "TenantId", "State" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ErasedNumbers");

            migrationBuilder.DropTable(
                name: "ErasureHeldCalls");

            migrationBuilder.DropTable(
                name: "ErasureKeys");

            migrationBuilder.DropTable(
                name: "Erasures");
        }
    }
}
