"""The words of responsibility matrices, language by language. Data only: a new language is one more entry.

Words are lower case; commas separate them. ``letters`` are what a cell or a heading says instead of a letter. The other
lines are headings of columns: of ``duties``, ``roles``, ``sections``, ``codes``, and of ``extras`` that are no roles.
``none`` is what a cell says where somebody has no part, ``joiners`` what stands between two letters, ``totals`` what
a row or column of sums is called, ``legends`` what stands above an explanation of the letters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Language:
    """What one language calls the parts of a matrix."""

    letters: Mapping[str, str]
    duties: str
    roles: str
    sections: str = ""
    codes: str = ""
    extras: str = ""
    none: str = ""
    joiners: str = ""
    totals: str = ""
    legends: str = ""
    # Nouns of posts: a heading that ends so is a role, whatever stands before it.
    posts: str = field(default="")


ENGLISH = Language(
    letters={
        "R": "responsible, responsibility, responsible party, responsible for, responsible person, doer, does the work",
        "A": "accountable, accountability, accountable party, accountable for, accountable person, approver, "
        "approves, "
        "approve, answerable, agree",
        "C": "consulted, consult, consultation, consultee, to be consulted, consulted party, consulted parties, "
        "consults",
        "I": "informed, inform, informee, to be informed, information, kept informed, informed party, "
        "informed parties, "
        "input",
        "S": "support, supports, supportive, supporting, supporter, supported, assists, assist",
        "V": "verify, verifies, verifier, verified, veto",
        "Q": "quality review, quality reviewer",
        "D": "driver, drives, decide, decides, decider",
        "P": "perform, performs, performer, participant, participates, participate",
        "O": "omitted, out of the loop, out of loop, omit",
    },
    duties="activity, task, deliverable, process, process step, decision, work item, work package, function, "
    "step, milestone, "
    "feature, requirement, action, responsibility, responsibilities, duty, service, control, event, job, work, "
    "area of work, "
    "use case, user story, capability, procedure, artifact, artefact, document, topic, operation, item, scope item, "
    "activity name, task name, project task, key activity, decision type, decision right, key process, "
    "workflow, practice",
    roles="role, stakeholder, person, team member, member, actor, position, job title, party, participant, "
    "team, resource, "
    "responsible party, assignee, who, staff, employee, function or role, department, agent, collaborator",
    sections="phase, area, category, section, domain, group, workstream, work stream, stage, module, theme, epic, "
    "process group, key management area, component, pillar, track, sub-process, subcategory, topic area, "
    "lifecycle phase",
    codes="id, no, no., nr, #, code, ref, ref., reference, wbs, wbs code, num, number, s.no, s. no, s.no., "
    "sl no, sl. no., sr no, "
    "sr. no., sn, s/n, item no, item no., step id, task id, activity id, step no, step #, task no, task #, "
    "index, key, order",
    extras="status, priority, description, details, comment, comments, note, notes, remark, remarks, date, "
    "start, end, "
    "start date, end date, due, due date, deadline, duration, hours, effort, estimate, cost, budget, tool, "
    "tools, risk, kpi, "
    "sla, frequency, evidence, output, outputs, input, inputs, link, url, artifact, artifacts, dependencies, "
    "dependency, "
    "rag, rag status, type, % complete, progress, complexity, severity, impact, likelihood, probability, "
    "weight, version, "
    "criteria, definition of done, email, phone, location, week, month, quarter, timeline, timing, cadence, trigger, "
    "approval, escalation, escalation path, owner, control owner, rationale, purpose, objective, goal, "
    "documentation, "
    "deliverables, planned, actual, level, category, classification, grade, score, rating, document type, "
    "target date, "
    "completion, completed, done, check, validation, approval required, systems, system, example, examples, meaning",
    none="n/a, na, n.a., n.a, none, nil, not involved, not applicable, no, no involvement, tbd, tba, n/i, blank, empty",
    joiners="and, or, then",
    totals="total, totals, sum, count, count of, grand total, subtotal, workload, load, score, # of, number of",
    legends="legend, key, definition, definitions, letter, code, meaning, abbreviation, raci legend, raci key, "
    "explanation",
    posts="manager, lead, leader, owner, director, officer, engineer, developer, analyst, architect, team, "
    "sponsor, client, "
    "customer, user, users, vendor, supplier, administrator, admin, coordinator, head, chief, executive, board, "
    "committee, "
    "designer, tester, specialist, consultant, master, department, stakeholder, stakeholders, supervisor, "
    "president, expert, "
    "representative, contractor, partner, operator, technician, ceo, cto, cfo, cio, ciso, coo, cpo, pmo, pm, "
    "po, qa, hr, it, "
    "legal, finance, security, marketing, operations, sales, procurement, devops, steering, secretary, auditor, "
    "assistant, "
    "teacher, student, author, editor, reviewer, maintainer, provider, group, office, staff, employee, "
    "scientist, agent, "
    "authority, council, lawyer, counsel, dpo, sme, ba, dev, ops, sre",
)
FRENCH = Language(
    letters={
        "R": "responsable, réalisateur, réalise, responsable de l'exécution, réalisation, exécutant",
        "A": "autorité, approbateur, redevable, garant, comptable, imputable, décideur, approuve, responsable final, "
        "accountable, approbation, acteur redevable",
        "C": "consulté, consultée, consultés, consulter, consultation, consulte",
        "I": "informé, informée, informés, informer, information, informe",
        "S": "soutien, support, assiste, appui",
        "V": "vérificateur, vérifie, valideur, valide",
    },
    duties="activité, activités, tâche, tâches, livrable, livrables, étape, étapes, processus, décision, "
    "action, actions, "
    "mission, missions, fonction, fonctionnalité, fonctionnalités, besoin, lot, travaux, opération, jalon, sujet",
    roles="rôle, rôles, acteur, acteurs, intervenant, intervenants, personne, partie prenante, membre, équipe, "
    "qui, "
    "responsables, poste",
    sections="phase, domaine, catégorie, section, groupe, thème, volet, bloc, module, rubrique",
    codes="id, n°, no, numéro, réf, réf., référence, code, num, nº",
    extras="statut, état, priorité, description, détail, détails, commentaire, commentaires, remarque, "
    "remarques, date, début, "
    "fin, échéance, durée, heures, charge, coût, outil, outils, fréquence, note, notes, justification, "
    "date limite, délai, "
    "avancement, objectif, objectifs, livrables attendus",
    none="aucun, néant, sans objet, s.o., non, so",
    joiners="et, ou, puis",
    totals="total, somme, nombre",
    legends="légende, signification, définition",
    posts="chef, directeur, directrice, responsable, développeur, équipe, client, ingénieur, utilisateur, "
    "administrateur, "
    "comité, expert, fournisseur, prestataire, gestionnaire, maître d'ouvrage, moa, moe, dsi, technicien, "
    "consultant, rh",
)
SPANISH = Language(
    letters={
        "R": "responsable, ejecutor, realiza, responsable de ejecución, encargado, hace",
        "A": "aprobador, autoridad, rinde cuentas, responsable final, aprueba, quien rinde cuentas, "
        "rendidor de cuentas, "
        "accountable, máximo responsable",
        "C": "consultado, consultada, consultados, consultar, consulta",
        "I": "informado, informada, informados, informar",
        "S": "soporte, apoyo, apoya",
        "V": "verificador, verifica",
    },
    duties="actividad, actividades, tarea, tareas, entregable, entregables, proceso, procesos, decisión, paso, "
    "etapa, acción, "
    "función, trabajo, hito, paquete de trabajo, requisito, producto, entregable / actividad",
    roles="rol, roles, cargo, actor, interesado, interesados, persona, puesto, miembro, equipo, integrante, recurso",
    sections="fase, área, categoría, sección, grupo, dominio, módulo, bloque",
    codes="id, n°, nº, no, num, número, código, ref, ítem, item, edt",
    extras="estado, prioridad, descripción, detalle, comentario, comentarios, observación, observaciones, nota, "
    "notas, fecha, "
    "inicio, fin, plazo, duración, horas, costo, costes, herramienta, herramientas, frecuencia, objetivo, "
    "responsables, "
    "fecha límite, evidencia",
    none="ninguno, ninguna, no aplica, n.a., nada",
    joiners="y, e, o",
    totals="total, suma, cantidad",
    legends="leyenda, significado, definición",
    posts="gerente, director, directora, jefe, líder, desarrollador, equipo, cliente, ingeniero, usuario, "
    "analista, comité, "
    "coordinador, administrador, proveedor, responsable, encargado, técnico, especialista, patrocinador",
)
PORTUGUESE = Language(
    letters={
        "R": "responsável, executor, executa, responsável pela execução, realiza",
        "A": "aprovador, autoridade, responsabilizado, presta contas, prestador de contas, aprova, "
        "responsável final, "
        "responsabilizável, accountable, autorizador",
        "C": "consultado, consultada, consultados, consultar, consulta",
        "I": "informado, informada, informados, informar",
        "S": "suporte, apoio, apoia",
        "V": "verificador, verifica",
    },
    duties="atividade, atividades, tarefa, tarefas, entrega, entregas, entregável, processo, processos, "
    "decisão, etapa, ação, "
    "função, trabalho, marco, requisito, produto, rotina, funcionalidade",
    roles="papel, papéis, função / papel, cargo, ator, pessoa, parte interessada, membro, equipe, integrante, "
    "nome, perfil",
    sections="fase, área, categoria, seção, grupo, domínio, módulo, bloco",
    codes="id, n°, nº, no, num, número, código, ref, item, eap",
    extras="status, estado, situação, prioridade, descrição, detalhe, comentário, comentários, observação, "
    "observações, nota, "
    "notas, data, início, fim, prazo, duração, horas, custo, ferramenta, ferramentas, frequência, objetivo, "
    "evidência",
    none="nenhum, nenhuma, não se aplica, não",
    joiners="e, ou",
    totals="total, soma, quantidade",
    legends="legenda, significado, definição",
    posts="gerente, diretor, chefe, líder, desenvolvedor, desenvolvedores, equipe, cliente, engenheiro, "
    "usuário, analista, "
    "comitê, coordenador, administrador, fornecedor, gestor, técnico, especialista, patrocinador, time",
)
ITALIAN = Language(
    letters={
        "R": "responsabile, esecutore, esegue, realizza",
        "A": "approvatore, garante, approva, accountable, responsabile finale, rende conto, autorità",
        "C": "consultato, consultata, consultati, consultare, consulente",
        "I": "informato, informata, informati, informare",
        "S": "supporto, supporta",
        "V": "verificatore, verifica",
    },
    duties="attività, compito, compiti, processo, processi, decisione, fase / attività, azione, funzione, "
    "lavoro, deliverable, "
    "tipologia di task, obiettivo, prodotto, passo",
    roles="ruolo, ruoli, attore, persona, membro, squadra, stakeholder, figura, risorsa",
    sections="fase, area, categoria, sezione, gruppo, dominio, modulo, ambito",
    codes="id, n°, n., num, numero, codice, rif",
    extras="stato, priorità, descrizione, dettaglio, commento, commenti, nota, note, osservazioni, data, "
    "inizio, fine, scadenza, "
    "durata, ore, costo, strumento, strumenti, frequenza",
    none="nessuno, nessuna, non applicabile",
    joiners="e, ed, o",
    totals="totale, somma",
    legends="legenda, significato, definizione",
    posts="responsabile, direttore, capo, sviluppatore, team, cliente, ingegnere, utente, analista, comitato, "
    "coordinatore, "
    "amministratore, fornitore, tecnico, specialista, esperto, fornitori",
)
