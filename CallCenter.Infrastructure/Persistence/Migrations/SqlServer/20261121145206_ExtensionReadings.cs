using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    internal partial class ExtensionReadings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "SecretDiffers",
                table: "Extensions",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "ExtensionReadings",
                columns: table => new
                {
                    PbxId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    TenantId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ReadAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    TookMilliseconds = table.Column<int>(type: "int", nullable: false),
                    FailedSinceUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    Failures = table.Column<int>(type: "int", nullable: false),
                    ErrorCode = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: true),
                    NextAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    SpansSeenAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    PrunedAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true),
                    ComparedAtUtc = table.Column<DateTime>(type: "datetime2", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExtensionReadings", x => x.PbxId);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ExtensionReadings");

            migrationBuilder.DropColumn(
                name: "SecretDiffers",
                table: "Extensions");
        }
    }
}
