using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.PostgreSql
{
    /// <inheritdoc />
    internal partial class CallIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_AnsweredByTail",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_Queue_StartedAtUtc_Id",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_StartedAtUtc_Id",
                table: "Calls");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_AnsweredByTail",
                table: "Calls",
                columns: new[] { "TenantId", "AnsweredByTail" },
                filter: "\"AnsweredByTail\" <> 0");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_Queue_StartedAtUtc_Id",
                table: "Calls",
                columns: new[] { "TenantId", "Queue", "StartedAtUtc", "Id" },
                filter: "\"Queue\" <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_StartedAtUtc_Id",
                table: "Calls",
                columns: new[] { "TenantId", "StartedAtUtc", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_AnsweredByTail",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_Queue_StartedAtUtc_Id",
                table: "Calls");

            migrationBuilder.DropIndex(
                name: "IX_Calls_TenantId_StartedAtUtc_Id",
                table: "Calls");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_AnsweredByTail",
                table: "Calls",
                columns: new[] { "TenantId", "AnsweredByTail" });

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_Queue_StartedAtUtc_Id",
                table: "Calls",
                columns: new[] { "TenantId", "Queue", "StartedAtUtc", "Id" },
                descending: new[] { false, false, true, true },
                filter: "\"Queue\" <> ''");

            migrationBuilder.CreateIndex(
                name: "IX_Calls_TenantId_StartedAtUtc_Id",
                table: "Calls",
                columns: new[] { "TenantId", "StartedAtUtc", "Id" },
                descending: new[] { false, true, true });
        }
    }
}
