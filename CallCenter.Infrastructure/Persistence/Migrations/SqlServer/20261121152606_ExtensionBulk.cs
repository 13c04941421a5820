using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CallCenter.Infrastructure.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    internal partial class ExtensionBulk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Previous",
                table: "Extensions",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Refused",
                table: "ExtensionRuns",
                type: "int",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Previous",
                table: "Extensions");

            migrationBuilder.DropColumn(
                name: "Refused",
                table: "ExtensionRuns");
        }
    }
}
