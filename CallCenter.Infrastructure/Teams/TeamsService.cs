using CallCenter.Core.Audit;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Teams;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Teams;

/// <summary>Every change waits for the lock on the audit chain, so that names and lists are checked against what is.</summary>
internal sealed class TeamsService(
    IDbContextFactory<CallCenterDbContext> contexts, IAuditTrail audit, ICaller caller, ITenantContext tenant) : ITeams
{
    public async Task<Result<IReadOnlyList<TeamRow>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Users.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var teams = await Whole(db).AsNoTracking().OrderBy(team => team.Name).ToListAsync(cancellationToken);
        var people = await PeopleAsync(db, activeOnly: false, cancellationToken);
        var groups = await GroupsAsync(db, cancellationToken);
        return teams.ConvertAll(team => new TeamRow(
            team.Id,
            team.Name,
            [.. people.Where(person => team.Members.Any(member => member.UserId == person.UserId))],
            [.. team.Groups.OrderBy(group => group.Number, StringComparer.Ordinal)
                .Select(group => groups.FirstOrDefault(known => known.Number == group.Number) ?? new TeamQueue(group.Number, "", null))],
            team.Version));
    }

    public async Task<Result<TeamChoices>> ReadChoicesAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Users.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new TeamChoices(await PeopleAsync(db, activeOnly: true, cancellationToken), await GroupsAsync(db, cancellationToken));
    }

    public async Task<Result<Guid>> CreateAsync(TeamForm form, CancellationToken cancellationToken = default)
    {
        var id = Guid.Empty;
        var result = await RunAsync(async db =>
        {
            if (await db.Set<Team>().CountAsync(cancellationToken) >= Team.MaxCount)
            {
                return TeamErrors.TooMany;
            }

            var team = new Team { Name = "" };
            if (await ApplyAsync(db, form, team, cancellationToken) is { } wrong)
            {
                return wrong;
            }

            db.Add(team);
            audit.Append(db, NoteOf(TeamAuditActions.Created, team) with { After = await ValuesAsync(db, team, cancellationToken) });
            id = team.Id;
            return Result.Success;
        }, cancellationToken);
        return result.Error is { } error ? error : id;
    }

    public Task<Result> ChangeAsync(Guid id, TeamForm form, int version, CancellationToken cancellationToken = default) =>
        RunAsync(async db =>
        {
            if (await Whole(db).SingleOrDefaultAsync(team => team.Id == id, cancellationToken) is not { } team)
            {
                return TeamErrors.NotFound;
            }

            if (team.Version != version)
            {
                return TeamErrors.Changed;
            }

            var before = await ValuesAsync(db, team, cancellationToken);
            if (await ApplyAsync(db, form, team, cancellationToken) is { } wrong)
            {
                return wrong;
            }

            // Also when only people or queues changed: the version must count it.
            db.Entry(team).Property(row => row.Name).IsModified = true;
            audit.Append(db, NoteOf(TeamAuditActions.Changed, team) with { Before = before, After = await ValuesAsync(db, team, cancellationToken) });
            return Result.Success;
        }, cancellationToken);

    public async Task<Result<TeamForm>> DeleteAsync(Guid id, int version, CancellationToken cancellationToken = default)
    {
        var form = new TeamForm();
        var result = await RunAsync(async db =>
        {
            if (await Whole(db).SingleOrDefaultAsync(team => team.Id == id, cancellationToken) is not { } team)
            {
                return TeamErrors.NotFound;
            }

            if (team.Version != version)
            {
                return TeamErrors.Changed;
            }

            form = new TeamForm
            {
                Name = team.Name,
                Members = [.. team.Members.Select(member => member.UserId)],
                Groups = [.. team.Groups.Select(group => group.Number)],
            };
            audit.Append(db, NoteOf(TeamAuditActions.Deleted, team) with { Before = await ValuesAsync(db, team, cancellationToken) });
            db.Remove(team);
            return Result.Success;
        }, cancellationToken);
        return result.Error is { } error ? error : form;
    }

    private static IQueryable<Team> Whole(CallCenterDbContext db) =>
        db.Set<Team>().Include(team => team.Members).Include(team => team.Groups).AsSplitQuery();

    private static AuditNote NoteOf(string action, Team team) => new(action, AuditSubjects.Team, team.Id.ToString("D"), team.Name);

    private static Task<List<TeamPerson>> PeopleAsync(CallCenterDbContext db, bool activeOnly, CancellationToken cancellationToken) => (
        from membership in db.Set<Membership>()
        join user in db.Set<AppUser>() on membership.UserId equals user.Id
        where !activeOnly || (membership.DisabledAtUtc == null && user.DisabledAtUtc == null)
        orderby user.DisplayName, user.Id
        select new TeamPerson(user.Id, user.DisplayName, membership.Role)).ToListAsync(cancellationToken);

    private static Task<List<TeamQueue>> GroupsAsync(CallCenterDbContext db, CancellationToken cancellationToken) =>
        db.Set<PbxGroup>().OrderBy(group => group.Number).Select(group => new TeamQueue(group.Number, group.Name, group.Kind)).ToListAsync(cancellationToken);

    private static async Task<AuditValues> ValuesAsync(CallCenterDbContext db, Team team, CancellationToken cancellationToken)
    {
        var ids = team.Members.ConvertAll(member => member.UserId);
        var names = await db.Set<AppUser>().Where(user => EF.Parameter(ids).Contains(user.Id)).Select(user => user.DisplayName).ToListAsync(cancellationToken);
        return new AuditValues
        {
            ["name"] = team.Name,
            ["members"] = string.Join(", ", names.Order(StringComparer.Ordinal)),
            ["queues"] = string.Join(", ", team.Groups.Select(group => group.Number).Order(StringComparer.Ordinal)),
        };
    }

    private static async Task<Error?> ApplyAsync(CallCenterDbContext db, TeamForm form, Team team, CancellationToken cancellationToken)
    {
        var name = string.Join(' ', form.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length is 0 or > Team.NameMaxLength)
        {
            return name.Length == 0 ? TeamErrors.NameMissing : TeamErrors.NameTooLong;
        }

        var names = await db.Set<Team>().Where(other => other.Id != team.Id).Select(other => other.Name).ToListAsync(cancellationToken);
        if (names.Contains(name, StringComparer.CurrentCultureIgnoreCase))
        {
            return TeamErrors.NameTaken;
        }

        var members = form.Members.ToHashSet();
        var known = await db.Set<Membership>().Where(membership => EF.Parameter(form.Members).Contains(membership.UserId)).CountAsync(cancellationToken);
        if (known != members.Count)
        {
            return TeamErrors.PersonUnknown;
        }

        var groups = form.Groups.Where(number => number.Length is > 0 and <= Core.Calls.Call.NumberMaxLength).ToHashSet(StringComparer.Ordinal);
        team.Name = name;
        team.Members.RemoveAll(member => !members.Contains(member.UserId));
        team.Members.AddRange(members.Except(team.Members.Select(member => member.UserId)).Select(user => new TeamMember { UserId = user }));
        team.Groups.RemoveAll(group => !groups.Contains(group.Number));
        team.Groups.AddRange(groups.Except(team.Groups.Select(group => group.Number)).Select(number => new TeamGroup { Number = number }));
        return null;
    }

    private async Task<Result> RunAsync(Func<CallCenterDbContext, Task<Result>> act, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Users.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        var result = await act(db);
        if (result.Succeeded)
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }
}
