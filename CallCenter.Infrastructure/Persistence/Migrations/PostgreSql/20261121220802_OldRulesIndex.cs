using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    internal partial class OldRulesIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_RulesVersion",
                table: "Calls");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_RulesVersion",
                table: "Calls",
                columns: new[] { "TenantId", "RulesVersion" },
                filter: "\"RulesVersion\" < 2");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_RulesVersion",
                table: "Calls");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_RulesVersion",
                table: "Calls",
                columns: new[] { "TenantId", "RulesVersion" });
        }
    }
}
