using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    internal partial class CallHistoryIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_Outcome_StartedAtUtc_Id",
                table: "Calls",
                columns: new[] { "TenantId", "Outcome", "StartedAtUtc", "Id" },
                descending: new[] { false, false, true, true },
                filter: "\"Outcome\" <> 1");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_Queue_StartedAtUtc_Id",
                table: "Calls",
                columns: new[] { "TenantId", "Queue", "StartedAtUtc", "Id" },
                descending: new[] { false, false, true, true },
                filter: "\"Queue\" <> ''");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_Outcome_StartedAtUtc_Id",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_Queue_StartedAtUtc_Id",
                table: "Calls");
        }
    }
}
