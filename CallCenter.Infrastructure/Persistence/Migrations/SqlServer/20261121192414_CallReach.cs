using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    internal partial class CallReach : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ExtensionHoldings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    PbxId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Extension = table.Column<string>(type: "nvarchar(18)", maxLength: 18, nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    FromUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    UntilUtc = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExtensionHoldings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Teams",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Teams", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorklistCalls",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CallId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    EntryId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Group = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorklistCalls", x => new { x.TenantId, x.CallId });
                });

            migrationBuilder.CreateTable(
                name: "WorklistDismissals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    E164 = table.Column<long>(type: "bigint", nullable: false),
                    CallId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    UpToUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Reason = table.Column<int>(type: "int", nullable: false),
                    Note = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    ByName = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    AtUtc = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorklistDismissals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorklistEntries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    E164 = table.Column<long>(type: "bigint", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    FirstAtUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    LastAtUtc = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Calls = table.Column<int>(type: "int", nullable: false),
                    LongestWaitSeconds = table.Column<int>(type: "int", nullable: false),
                    IsShort = table.Column<bool>(type: "bit", nullable: false),
                    Groups = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    ClosedAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ClosedByCallId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClosedBy = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    DismissalId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Tries = table.Column<int>(type: "int", nullable: false),
                    LastTryAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ClaimedById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ClaimedByName = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    ClaimedUntilUtc = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorklistEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorklistPlans",
                columns: table => new
                {
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IncludesDirect = table.Column<bool>(type: "bit", nullable: false),
                    ClaimMinutes = table.Column<int>(type: "int", nullable: false),
                    Days = table.Column<int>(type: "int", nullable: false),
                    RulesVersion = table.Column<int>(type: "int", nullable: false),
                    Version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorklistPlans", x => x.TenantId);
                });

            migrationBuilder.CreateTable(
                name: "TeamGroups",
                columns: table => new
                {
                    TeamId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TeamGroups", x => new { x.TeamId, x.Number });
                    table.ForeignKey(
                        name: "FK_TeamGroups_Teams_TeamId",
                        column: x => x.TeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TeamMembers",
                columns: table => new
                {
                    TeamId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UserId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TeamMembers", x => new { x.TeamId, x.UserId });
                    table.ForeignKey(
                        name: "FK_TeamMembers_Teams_TeamId",
                        column: x => x.TeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ExtensionHoldings_TenantId_Extension_FromUtc",
                table: "ExtensionHoldings",
                columns: new[] { "TenantId", "Extension", "FromUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_ExtensionHoldings_TenantId_UserId",
                table: "ExtensionHoldings",
                columns: new[] { "TenantId", "UserId" });

            migrationBuilder.CreateIndex(
                name: "IX_TeamMembers_TenantId_UserId",
                table: "TeamMembers",
                columns: new[] { "TenantId", "UserId" });

            migrationBuilder.CreateIndex(
                name: "IX_Teams_TenantId_Name",
                table: "Teams",
                columns: new[] { "TenantId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_WorklistCalls_TenantId_EntryId",
                table: "WorklistCalls",
                columns: new[] { "TenantId", "EntryId" });

            migrationBuilder.CreateIndex(
                name: "IX_WorklistDismissals_TenantId_CallId",
                table: "WorklistDismissals",
                columns: new[] { "TenantId", "CallId" });

            migrationBuilder.CreateIndex(
                name: "IX_WorklistDismissals_TenantId_E164",
                table: "WorklistDismissals",
                columns: new[] { "TenantId", "E164" });

            migrationBuilder.CreateIndex(
                name: "IX_WorklistEntries_TenantId_ClosedAtUtc_Id",
                table: "WorklistEntries",
                columns: new[] { "TenantId", "ClosedAtUtc", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_WorklistEntries_TenantId_E164",
                table: "WorklistEntries",
                columns: new[] { "TenantId", "E164" });

            migrationBuilder.CreateIndex(
                name: "IX_WorklistEntries_TenantId_State_FirstAtUtc_Id",
                table: "WorklistEntries",
                columns: new[] { "TenantId", "State", "FirstAtUtc", "Id" });

            // Whoever has an extension now has had it since it came to the portal, as far as is known. An admin can correct that.
            migrationBuilder.Sql(
                """
                INSERT INTO "ExtensionHoldings" ("Id", "TenantId", "PbxId", "Extension", "UserId", "FromUtc", "UntilUtc")
                SELECT "Id", "TenantId", "PbxId", "Number", "UserId", "CreatedAtUtc", NULL FROM "Extensions" WHERE "UserId" IS NOT NULL
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ExtensionHoldings");

            migrationBuilder.DropTable(
                name: "TeamGroups");

            migrationBuilder.DropTable(
                name: "TeamMembers");

            migrationBuilder.DropTable(
                name: "WorklistCalls");

            migrationBuilder.DropTable(
                name: "WorklistDismissals");

            migrationBuilder.DropTable(
                name: "WorklistEntries");

            migrationBuilder.DropTable(
                name: "WorklistPlans");

            migrationBuilder.DropTable(
                name: "Teams");
        }
    }
}
